"""Around the récits: where two of them meet, what is read otherwise a year after, who is asked to write, what was reported."""

from rex.demo.shapes_together import AskedData, NoteData, ReportData, RereadingData, When

NOTES = (
    NoteData(
        by="benedicte_halimard",
        one="rue-voirie",
        other="rue-parents",
        section="faits",
        meeting="divergent",
        words="La Voirie compte depuis l’envoi du mot, le jeudi. Les parents comptent depuis sa lecture, le dimanche soir. Ce sont "
        "les mêmes quatre jours.",
        when=When(8, 11, 20),
    ),
    NoteData(
        by="claire_vasselin",
        one="rue-voirie",
        other="rue-parents",
        section="appris",
        meeting="rejoignent",
        words="Les deux récits finissent rue des Aulnes avec un thermos, et regrettent de ne pas s’y être vus avant l’arrêté.",
        when=When(5, 8, 50),
    ),
    NoteData(
        by="corinne_estevan",
        one="rue-parents",
        other="rue-adjointe",
        section="resistance",
        meeting="divergent",
        words="Quatre courriers : pour les parents, une demande restée sans réponse ; pour l’adjointe, trois réponses sans un non.",
        when=When(3, 16, 30),
    ),
    NoteData(
        by="hortense_gaillac",
        one="rue-voirie",
        other="rue-adjointe",
        section="resistance",
        meeting="divergent",
        words="La Voirie tient le calendrier pour fixe, l’adjointe écrit qu’il pouvait bouger. Il le pouvait, et personne ne "
        "savait à qui le demander.",
        when=When(2, 10, 15),
    ),
    NoteData(
        by="joachim_ravenel",
        one="marche-mairie",
        other="marche-amap",
        section="resistance",
        meeting="divergent",
        words="La mairie demande « le temps d’une saison ». L’AMAP répond que, dans ses contrats, une saison n’existe pas.",
        when=When(83, 16, 40),
    ),
    NoteData(
        by="yvan_koenigs",
        one="marche-amap",
        other="marche-producteurs",
        section="appris",
        meeting="rejoignent",
        words="Nous avions peur de perdre des familles le samedi, elles y vont en plus. Personne n’avait fait ce calcul.",
        when=When(58, 22, 5, any_day=True),
    ),
    NoteData(
        by="nadia_belkacem",
        one="marche-mairie",
        other="marche-producteurs",
        section="faits",
        meeting="divergent",
        words="Nous comptons neuf étals. Gwenola compte onze fromages vendus, puis quarante-quatre. Nous ne regardions pas la même "
        "chose de la même place.",
        when=When(54, 11, 30),
    ),
    NoteData(
        by="delphine_cordon",
        one="guichet-accueil",
        other="guichet-ccas",
        section="faits",
        meeting="divergent",
        words="Pour l’Accueil le cahier a sauvé des rappels. Pour le CCAS il a fait sortir des situations de leur porte. C’est le "
        "même cahier.",
        when=When(35, 10, 0),
    ),
    NoteData(
        by="mael_fortin",
        one="guichet-accueil",
        other="guichet-dgs",
        section="resistance",
        meeting="rejoignent",
        words="La ligne du compte rendu et le « on verra après l’ouverture » disent la même alerte, vue de ses deux bouts.",
        when=When(30, 11, 10),
    ),
    NoteData(
        by="theo_quintard",
        one="arbres-jardiniers",
        other="arbres-riverain",
        section="faits",
        meeting="divergent",
        words="Nous arrosions parce qu’ils n’arrosaient plus. Il n’arrosait plus parce que nous arrosions.",
        when=When(90, 12, 45),
    ),
)

REREADINGS = (
    RereadingData(
        by="sylvie_kermarrec",
        recit="note-de-service",
        text="Je lis aujourd’hui que je cherchais une meilleure façon d’écrire. Ce qui manquait, c’était une façon d’entendre. Le "
        "guichet unique me l’a appris plus durement que la note.\n\nJe garde le mot « lue ». J’enlèverais le mot « comprise ».",
        when=When(6, 18, 20),
    ),
)

ASKED = (
    AskedData(by="claire_vasselin", to="nadia_belkacem", when=When(2, 22, 20, any_day=True), draft="brouillon-budget"),
    AskedData(by="adjoua_kouame", to="nadia_belkacem", when=When(5, 13, 0), action="nettoyage-marche"),
    AskedData(by="hugo_thevenard", to="rosalie_munier", when=When(9, 10, 20), action="soupe-du-jeudi"),
    AskedData(by="sylvie_kermarrec", to="samira_othmane", when=When(20, 18, 0), action="volets-fermes"),
)

REPORTS = (
    ReportData(
        by="josiane_marchetto",
        recit="guichet-accueil",
        reason="Monsieur P. et son dossier d’aide au loyer : dans le quartier, on le reconnaît. Je ne demande pas que l’on retire "
        "le récit, seulement cette phrase.",
        when=When(3, 14, 20),
    ),
)
