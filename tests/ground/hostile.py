"""Texts that mean harm: to run something, to flip the page, or to keep the machine busy."""

SCRIPTS = [
    "<script>window.hit('script')</script>",
    "<img src=x onerror=\"window.hit('onerror')\">",
    "<svg onload=window.hit('svg')><script>window.hit(1)</script></svg>",
    "<svg/onload=window.hit(1)//",
    "<iframe srcdoc=\"<script>parent.hit('srcdoc')</script>\"></iframe>",
    "<iframe src='//mechant.example/'></iframe>",
    "<a href='javascript:window.hit(1)'>clic</a>",
    "<details open ontoggle=window.hit(1)>x</details>",
    "<body onload=window.hit(1)>",
    "<input autofocus onfocus=window.hit(1)>",
    "<style>@import '//mechant.example/x.css'; body{background:url(//mechant.example/b)}</style>",
    "<link rel=stylesheet href=//mechant.example/x.css>",
    "<meta http-equiv=refresh content='0;url=javascript:window.hit(1)'>",
    "<base href='//mechant.example/'>",
    "<form action='javascript:window.hit(1)'><button autofocus>x</button></form>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.hit(1)></style></mglyph></table></mtext></math>",
    '<noscript><p title="</noscript><img src=x onerror=window.hit(1)>"></noscript>',
    "<![CDATA[<script>window.hit(1)</script>]]>",
    '<!--<img src="--><img src=x onerror=window.hit(1)//">',
    "<!-- x --!> <script>window.hit(1)</script> -->",
    "<?php <script>window.hit(1)</script> ?>",
    "&lt;script&gt;window.hit(1)&lt;/script&gt;",
    "&#60;script&#62;window.hit(1)&#60;/script&#62;",
    "[clic](javascript:window.hit(1))",
    "[clic](javascript:1)",
    "[clic](JaVaScRiPt:window.hit(1))",
    "[clic](java\tscript:window.hit(1))",
    "[clic](<java\nscript:window.hit(1)>)",
    "[clic](\x01javascript:window.hit(1))",
    "[clic]( javascript:window.hit(1))",
    "[clic](&#106;avascript:window.hit(1))",
    "[clic](&#x6A;avascript&colon;window.hit(1))",
    "[clic](javascript&Tab;:window.hit(1))",
    "[clic](javascript\\:window.hit(1))",
    "[clic](\u200bjavascript:window.hit(1))",
    "[clic](vbscript:msgbox(1))",
    "[clic](data:text/html,<script>window.hit(1)</script>)",
    "[clic](data:text/html;base64,PHNjcmlwdD53aW5kb3cuaGl0KDEpPC9zY3JpcHQ+)",
    "[clic](blob:https://x/1) [clic](filesystem:x) [clic](file:///etc/passwd) [clic](view-source:x)",
    "[clic](//mechant.example/) [clic](\\\\mechant.example) [clic](/\\mechant.example) [clic](\\/mechant.example)",
    "[clic](https:mechant.example) [clic](http:///mechant.example) [clic](https://bon.example@mechant.example/)",
    "[clic](http://[::1) [clic](http://) [clic](mailto:)",
    "<javascript:window.hit(1)> <javascript://x/%0Awindow.hit(1)> <data:text/html,x>",
    '[clic](https://x/" onmouseover="window.hit(1)) [clic](/x "a" onfocus=window.hit(1) b=")',
    "[clic](/x 'a\" autofocus onfocus=\"window.hit(1)')",
    '![x](x" onerror="window.hit(1)) ![x" onerror="window.hit(1)](/fichiers/x.png)',
    "![pixel](https://mechant.example/p.png) ![x](//mechant.example/p.png) ![x](/fichiers//../../p.png)",
    "![x](data:image/svg+xml,<svg onload=window.hit(1)>) ![x](javascript:window.hit(1)) ![x](/autre/p.png)",
    "![x](/fichiers/%2e%2e/deconnexion) ![x](/fichiers/../deconnexion)",
    "[r]: javascript:window.hit(1)\n\n[r] [clic][r] ![x][r]",
    "[^1]\n\n[^1]: <script>window.hit(1)</script> [x](javascript:window.hit(1))",
    '[^"onclick="window.hit(1)]\n\n[^"onclick="window.hit(1)]: x',
    "[^a]\n\n[^a]:\n\n[^b]: [^c]: x [^b]",
    "| <script>window.hit(1)</script> | [x](javascript:window.hit(1)) |\n|---|:-:|\n| <img src=x onerror=window.hit(1)> | x |",
    "`<script>window.hit(1)</script>` ``<img src=x onerror=window.hit(1)>``",
    "    <script>window.hit(1)</script>\n    &lt;b&gt; &#x202e;",
    "# <script>window.hit(1)</script>\n\nTitre\n=====\n\n###### six",
    "1000000000000000000000000. x\n\n99999999. <script>window.hit(1)</script>",
    "\x02klzzwxh:0000\x03 \x02wzxhzdk:0\x03 \x02amp\x03 *a* `b` \x02106\x03",
    "///Footnotes Go Here///\n\n[^1]\n\n[^1]: x",
    "x {: onclick=window.hit(1) } {#id .class onclick=window.hit(1)}",
    "<https://x.example/' onmouseover='window.hit(1)> <a@b.c?subject=\"onclick=window.hit(1)>",
    'https://x.example/"onmouseover=window.hit(1) https://x.example/<script>window.hit(1)</script>',
    "<xmp><script>window.hit(1)</script></xmp></textarea></title></style></script><plaintext>",
]

FLIPS = [
    "avant \u202e renversé \u202d \u202a \u202b sans fin",
    "isolé \u2067 sans fin \u2066 \u2068 puis",
    "&#x202e; &#8238; &#x2067; entité",
    "NUL \x00 cloche \x07 échap \x1b[31m C1 \x9b \x85 demi \ud800 \udfff",
]

CORPUS = SCRIPTS + FLIPS

_UNITS = [
    *("[", "![", "[^", "[^1]", "[a](b)", "[a](b 'c", "[](", "](", "<", "<a ", "<![CDATA[", "<!--", "<?", "<a@"),
    *("<http://", "https://a.b/", "*", "**", "***", "*a ", "*a* ", "**a* ", "_", "_a_ ", "`", "` `", "`a", "|`"),
    *("\\", "\\*", "&", "&amp;", "&#106;", "#", "# a\n", "a\n===\n", "- a\n", "  - a\n", "1. a\n\n", "* * * a\n"),
    *("> ", ">", "> a\n\n", "|", "|a", "|a|b|\n", "a|b\n-|-\n", "| a | b |\n|---|---|\n", "\n", "a\n\n", "a  \n"),
    *("    a\n\n", "\t", "[^1]: a\n", "\n[^", "\n[", '[a]: b "', "'", '"', "« ", "»", " ?", ": ", "l'", "é", "😀"),
    *("\u00a0", "\u202e", "\x02", "```\n", "===", "---\n", "\r", "(", "mot ", "a"),
]


def slow(size: int) -> dict[str, str]:
    """Texts of `size` characters, each made to make a parser go round in circles."""
    texts = {f"{unit!r} ×": (unit * size)[:size] for unit in _UNITS}
    texts |= {f"{unit!r} × by paragraphs": (unit * 100 + "\n\n") * (size // (100 * len(unit) + 2)) for unit in _UNITS}
    texts["nested list"] = "\n".join("    " * depth + "- a" for depth in range(300))[:size]
    texts["nested quotes and lists"] = ("> - " * 400 + "a\n")[:size]
    texts["nested emphasis"] = "".join(f"*a **b{rank} " for rank in range(480))
    texts["wide table"] = "|".join("a" * 400) + "\n" + "|".join("-" * 400) + "\n" + ("a|" * 400 + "\n") * 200
    texts["notes"] = (
        "\n".join(f"[^{rank}]" for rank in range(2000)) + "\n" + "".join(f"\n[^{rank}]: note {rank}" for rank in range(2000))
    )
    texts["one note called often"] = "[^1] " * 290 + "\n\n[^1]: x"
    texts["links in one paragraph"] = "[mot](https://exemple.fr/page) " * (size // 32)
    texts["backticks of every length"] = " ".join("`" * rank for rank in range(1, 600))[:size]
    texts["one long word"] = "a" * size
    texts["one long address"] = "https://" + "a/" * (size // 2 - 8)
    return texts
