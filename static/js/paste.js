// What is pasted from a word processor or a page keeps its structure, as Markdown, and loses its looks.

const HEADING = /^H([1-6])$/;
const SKIPPED = new Set(["STYLE", "SCRIPT", "HEAD", "TITLE", "META", "LINK", "XML", "O:P", "DEL"]);
const STRUCTURE = "h1,h2,h3,h4,h5,h6,ul,ol,table,blockquote,b,strong,i,em,a[href],[style*='mso-list'],[style*='font-weight']";

/** Paste Markdown in the texts of a form when what is pasted has a structure; plain words are left to the browser. */
export function pasteAsMarkdown(form) {
  form.addEventListener("paste", (event) => {
    const html = event.clipboardData?.getData("text/html");
    if (event.target.tagName !== "TEXTAREA" || !html) return;
    const { body } = new DOMParser().parseFromString(html, "text/html"); // runs nothing, fetches nothing
    if (!body.querySelector(STRUCTURE)) return;
    event.preventDefault();
    // The one way that leaves « Annuler » working; it tells the page as typing does.
    document.execCommand("insertText", false, blocks(body).join("\n\n"));
  });
}

function blocks(parent) {
  const done = [];
  let words = "";
  const end = () => {
    const text = tidy(words);
    if (text) done.push(text);
    words = "";
  };
  for (const node of parent.childNodes) {
    if (isInline(node)) {
      words += inline(node);
      continue;
    }
    end();
    done.push(...block(node));
  }
  end();
  return joined(done);
}

/** Items that Word pastes as paragraphs follow each other without an empty line. */
function joined(parts) {
  return parts.reduce((all, part) => {
    const isItem = part.startsWith("- ") && !part.includes("\n\n");
    if (isItem && all.length && all.at(-1).startsWith("- ")) all.push(`${all.pop()}\n${part}`);
    else all.push(part);
    return all;
  }, []);
}

function block(node) {
  const heading = HEADING.exec(node.tagName);
  if (SKIPPED.has(node.tagName)) return [];
  if (heading) return tidy(inline(node)) ? [`${"#".repeat(heading[1])} ${tidy(words(node)).replaceAll("\n", " ")}`] : [];
  if (node.tagName === "UL" || node.tagName === "OL") return [list(node)];
  if (node.tagName === "TABLE") return [table(node)];
  if (node.tagName === "BLOCKQUOTE") return [blocks(node).join("\n\n").replace(/^/gm, "> ")];
  if (node.tagName === "HR") return ["---"];
  if (/mso-list:\s*l/.test(node.getAttribute("style") ?? "")) return [`- ${tidy(inline(node)).replace(/^(?:[·•§o-]|\d+[.)])\s+/, "")}`];
  return blocks(node);
}

function list(node) {
  const items = [...node.children].filter((item) => item.tagName === "LI" && blocks(item).length);
  const mark = (rank) => (node.tagName === "OL" ? `${(node.start || 1) + rank}. ` : "- ");
  return items.map((item, rank) => mark(rank) + blocks(item).join("\n").replaceAll("\n", "\n    ")).join("\n");
}

function table(node) {
  const rows = [...node.rows].map((row) => `| ${[...row.cells].map((cell) => tidy(inline(cell)).replace(/\s*\n\s*/g, " ").replaceAll("|", "\\|")).join(" | ")} |`);
  const width = Math.max(...[...node.rows].map((row) => row.cells.length));
  return [rows[0], `|${" --- |".repeat(width)}`, ...rows.slice(1)].join("\n");
}

function isInline(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return true;
  return !/^(?:P|DIV|UL|OL|LI|TABLE|BLOCKQUOTE|HR|PRE|SECTION|ARTICLE|MAIN|HEADER|FOOTER|DL|DT|DD|H[1-6])$/.test(node.tagName) && !node.querySelector("p,div,ul,ol,table,blockquote,h1,h2,h3,h4,h5,h6");
}

function words(node) {
  return [...node.childNodes].map(inline).join("");
}

function inline(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data.replace(/[\s\u00a0]+/g, " ").replace(/[\\`*[\]]/g, "\\$&");
  if (node.nodeType !== Node.ELEMENT_NODE || SKIPPED.has(node.tagName) || node.style.display === "none") return "";
  if (node.tagName === "BR") return "  \n";
  const said = words(node);
  const weight = node.style.fontWeight;
  if (node.tagName === "A" && /^(?:https?:|mailto:)/.test(node.getAttribute("href") ?? "")) return around(said, "[", `](${node.href.replace(/[()]/g, encodeURIComponent)})`);
  if (weight === "bold" || weight >= 600 || (/^(?:B|STRONG)$/.test(node.tagName) && weight !== "normal")) return around(said, "**", "**");
  if (node.style.fontStyle === "italic" || /^(?:I|EM)$/.test(node.tagName)) return around(said, "*", "*");
  return said;
}

/** Marks stand against the words, and spaces outside. */
function around(said, before, after) {
  const [, start, core, end] = /^(\s*)([\s\S]*?)(\s*)$/.exec(said);
  return core ? `${start}${before}${core}${after}${end}` : said;
}

function tidy(text) {
  return text.replace(/^[ \n]+|[ \n]+$/g, "").replace(/(?<! ) (?=\n)| +(?= )(?! \n)/g, "");
}
