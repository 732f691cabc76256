"""Difficulties around the AMAP and the Saturday market, words of three récits: three parties, three enjeux, no villain."""

from rex.demo.shapes_together import DifficultyData, EchoData, When

DIFFICULTIES = (
    DifficultyData(
        key="d-sans-rien-en-face",
        by="malika_zerroug",
        recit="marche-mairie",
        section="resistance",
        words="Nous leur demandions de céder quelque chose sans avoir pensé à ce que nous donnions en face.",
        when=When(94, 11, 40),
        balises=("C1:illustre", "C5:nuance"),
        echoes=(EchoData("killian_desforges", When(92, 17, 45), "On nous demande l’effort d’abord. Le reste est « à l’étude »."),),
    ),
    DifficultyData(
        key="d-comptes-comme-obstacle",
        by="marguerite_solane",
        recit="marche-amap",
        section="resistance",
        words="Ce qui coince le plus : on nous a encouragés à naître, et on nous a comptés comme un obstacle dès qu’un autre "
        "projet est passé. Personne n’est venu voir.",
        when=When(86, 21, 30),
        balises=("C1:contredit", "E5:contredit"),
        effect="On se demande si l’on est encore utiles à quelqu’un.",
        echoes=(EchoData("jeanne_lartigue", When(84, 22, 5)),),
    ),
    DifficultyData(
        key="d-en-notre-nom",
        by="baptiste_granier",
        recit="marche-producteurs",
        section="resistance",
        words="On ne nous a pas réunis avant d’écrire à l’AMAP en notre nom. Personne ne m’a demandé ce qui me manque : une "
        "chambre froide.",
        when=When(58, 20, 55),
        balises=("C1:nuance", "C3:contredit"),
        echoes=(EchoData("rachid_amrane", When(57, 14, 10), "Les commerçants non plus, et nous sommes sur la même place."),),
    ),
)
