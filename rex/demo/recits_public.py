"""With the inhabitants, or without them: the forum under the rain, the empty meeting, the vote against."""

from rex.demo.shapes import ActionData, RecitData, told
from rex.demo.territories import VALOMBRE

ACTIONS = (
    ActionData("forum", VALOMBRE, "Le forum des associations"),
    ActionData("reunion-vide", VALOMBRE, "La réunion publique du plan de circulation"),
    ActionData("budget-participatif", VALOMBRE, "Le premier budget participatif"),
)

RECITS = (
    RecitData(
        key="forum",
        collectif=VALOMBRE,
        action="forum",
        authors=("nadia_belkacem", "rosalie_munier"),
        title="Quarante-six stands dans un gymnase prévu pour vingt",
        days_ago=74,
        hour=16,
        minute=15,
        audience="reseau",
        sections=told(
            faits="""
                Le forum devait se tenir au stade. À 6 h 45, orage, deux barnums par terre. Nadia a appelé
                Rosalie, qui a ouvert le gymnase en pyjama sous son ciré.

                Vingt stands y tiennent. Il y en avait quarante-six. Rosalie a fait deux équipes, une qui
                portait et une qui disait non. À 10 h, le judo partageait sa table avec les donneurs de sang,
                et la chorale chantait depuis les gradins parce qu’il n’y avait plus de sol.
                """,
            resistance="""
                La commission de sécurité. 400 personnes maximum, personne ne comptait. Marc Oudin s’est mis
                à la porte avec un compteur de la Voirie et a fait attendre l’adjointe.
                """,
            affects="""
                Nadia a eu peur à 11 h 20, quand le compteur était à 391. Rosalie dit qu’elle n’avait pas
                autant ri depuis son mariage.
                """,
            appris="""
                Quatre associations voisines de table ont prévu quelque chose ensemble. Au stade elles
                étaient à cent mètres. Nous ne savons pas si nous retournons au stade l’an prochain. La
                sécurité, elle, sait que nous ne refaisons pas ça.
                """,
            reconnaissances="""
                À Rosalie, pour avoir su qui pouvait se serrer avec qui. À Marc, pour le compteur.
                """,
        ),
        balises=(("S4", "illustre"), ("C5", "nuance")),
        teller="Récit de la Vie associative",
    ),
    RecitData(
        key="reunion-vide",
        collectif=VALOMBRE,
        action="reunion-vide",
        authors=("hugo_thevenard", "vincent_ibarrel"),
        title="Soixante chaises, trois personnes",
        days_ago=312,
        hour=9,
        minute=50,
        audience="reseau",
        sections=told(
            contexte="""
                Réunion publique sur le plan de circulation, un mardi à 18 h 30, salle du conseil. Affiches,
                site, panneau lumineux, 3 800 boîtes aux lettres.
                """,
            faits="""
                Trois personnes sont venues. L’une cherchait la réunion du club de lecture. Vincent avait
                préparé 54 diapositives. Il les a montrées, toutes, parce qu’il ne savait pas comment
                s’arrêter.

                La semaine suivante Hugo a posé une table et le plan devant le bureau de tabac, de 7 h à 9 h.
                Quatre-vingts personnes en deux matinées. Beaucoup avaient reçu le papier. « J’ai cru que
                c’était décidé. »
                """,
            resistance="""
                Sur le plan de charge, une réunion publique est une case à cocher. Elle a eu lieu, elle est
                cochée. Les deux matinées devant le tabac ne comptent pas comme concertation.

                Et c’était presque décidé, en effet : il restait à choisir le sens de deux rues.
                """,
            appris="""
                Nous avons écrit sur la table ce qui pouvait encore changer, en gros, et ce qui ne le pouvait
                plus. Des gens ont lu, ont haussé les épaules et sont partis. D’autres sont restés une heure
                pour deux rues.
                """,
        ),
        balises=(("E1", "illustre"), ("C3", "nuance")),
        teller="Récit de la Vie associative et de l’Urbanisme",
    ),
    RecitData(
        key="vote-contre",
        collectif=VALOMBRE,
        action="budget-participatif",
        authors=("bertrand_lacaussade",),
        title="J’ai voté contre, et j’ai compté les bulletins",
        days_ago=225,
        hour=22,
        minute=30,
        audience="collectif",
        sections=told(
            contexte="""
                Je siège dans la minorité. J’ai voté contre le budget participatif : 60 000 euros, un
                règlement de onze pages, et à mon avis une façon de faire choisir des bancs pendant que le
                reste se décide ailleurs.
                """,
            faits="""
                Comme personne de la majorité ne pouvait tenir le dépouillement un dimanche, j’y suis allé.
                412 bulletins. J’ai reconnu des écritures d’enfants et une de ma mère.

                Le projet arrivé premier est une rampe pour le lavoir. Portée par une dame en fauteuil que je
                croise depuis dix ans et que je n’avais jamais vue au lavoir, forcément.
                """,
            resistance="""
                Dans mon groupe on m’a demandé à quoi je jouais. Dans la majorité, on m’a remercié un peu
                trop, comme si j’avais changé d’avis. Je n’ai pas changé d’avis sur les onze pages.
                """,
            appris="""
                On peut tenir une urne à quelqu’un avec qui l’on n’est pas d’accord. L’année prochaine je
                voterai sans doute encore contre. J’ai proposé de ramener le règlement à deux pages, avec
                Claire Vasselin. Nous en sommes à cinq.
                """,
        ),
        balises=(("C1", "illustre"), ("E3", "illustre")),
        teller="Récit d’un élu de la minorité",
    ),
)
