# SPDX-License-Identifier: Apache-2.0
"""English given names and what people are called for short.

A line is one group: full forms before the colon, short forms after it. A short form may stand
for each full form and each other short form of its groups; Charles and Charlotte are two.
"""

from collections.abc import Mapping

_GROUPS = """
abigail: abby abbie gail
abraham: abe bram
albert alberta: al bert bertie
alexander alexandra alexandria alejandro: alex al sandy sasha lex lexi xander alec sandra
alfred: alf alfie fred
alice alison allison: ali allie
amanda: mandy
amelia: millie amy
andrew andreas: andy drew
angela angelina: angie angel
ann anne anna annabelle annette: annie nan nancy
anthony antony antonio: tony
arthur: art artie
barbara: barb barbie babs
bartholomew: bart
benjamin benedict: ben benny benji
bernard: bernie
beatrice: bea trixie
bradley: brad
bridget: bridie biddy
cameron: cam
caroline carolyn: carrie caro
catherine katherine kathryn katharine kathleen caitlin: cathy kathy kate katie kat kitty cath kath
cecilia: cissy celia
charles charlotte: charlie chuck chas charley lottie
christina christine christopher christian krista: chris christy kris chrissie tina kit topher
clifford: cliff
constance: connie
cynthia: cindy
daniel danielle: dan danny dani
david: dave davy
deborah debra: deb debbie
dennis: denny
diana diane: di
dominic: dom nick
donald: don donnie
dorothy: dot dottie dolly
douglas: doug
edgar: ed eddie
edmund edward edwin: ed eddie ted teddy ned
eleanor elinor: ellie nell nora
elijah: eli
elizabeth elisabeth: liz lizzie beth betty eliza lisa elsie bess betsy libby liza ellie
emily: em emmy millie
emma: em emmy
ernest: ernie
eugene: gene
evelyn: evie eve
florence: flo florrie flossie
frances francis francesca: fran frank frankie fanny
franklin: frank
frederick frederica: fred freddie freddy rick
gabriel gabriella gabrielle: gabe gabby
geoffrey jeffrey: geoff jeff
george georgia georgina: georgie
gerald geraldine: gerry jerry
gregory: greg
gwendolyn: gwen
hannah: hanna
harold: harry hal
harriet: hattie
helen helena: nell nellie lena
henry henrietta: harry hank hal etta
herbert: bert herb
isaac: ike zac
isabel isabella isabelle: izzy bella belle
jacob: jake
jacqueline: jackie
james: jim jimmy jamie jem
jane janet: janie jan
jason: jay
jennifer: jen jenny jenna
jeremiah jeremy jerome: jerry jem
jessica: jess jessie
joan joanna joanne: jo joey
john: johnny jack jon
jonathan: jon jonny nathan
joseph josephine: joe joey jo josie
joshua: josh
judith: judy
julia julie juliet: jules
kenneth: ken kenny
kimberly kimberley: kim
lawrence laurence: larry laurie lars
leonard: len lenny leo
leslie lesley: les
lewis louis louise louisa: lou louie lulu
lillian: lily lil
lucas lucy lucille: luke lucie lu
madeleine madeline madison: maddie maddy
margaret margarita: maggie meg peggy peg marge margie greta daisy rita
maria marie mary marion: mary molly polly mae mimi
martha: marty patty
martin: marty
matilda: tilly mattie
matthew: matt
maximilian maxwell maxine: max
melanie: mel
melissa: mel missy lissa
michael michelle: mike mick mickey micky shelly mitch
mitchell: mitch
mohammed muhammad mohammad mohamed: mo
nathaniel nathan: nate nat nathan
nicholas nicole nicola: nick nicky nico nikki
olivia oliver: liv livvy ollie olly
pamela: pam
patricia patrick: pat patty tricia trish paddy patsy rick
penelope: penny
peter: pete
philip phillip philippa: phil pip
priscilla: cilla
rachel rachael: rach
raymond: ray
rebecca: becky becca
reginald: reg reggie
richard: rick rich ricky dick richie
robert roberta: rob bob bobby robbie bert robin
roderick: rod
rodney: rod
ronald: ron ronnie
rosemary rosalind rose: rosie
russell: russ
samuel samantha: sam sammy
sarah sara: sally sadie
sebastian: seb
sharon: shaz
simon: si
sophia sophie: soph
stanley: stan
stephen steven stephanie: steve stevie steph
susan susanna susannah suzanne: sue susie suzy
sylvester: sly
terence terrence teresa theresa: terry tess tessa
theodore: ted teddy theo
thomas: tom tommy
timothy: tim timmy
tobias: toby
valerie: val
victor victoria: vic vicky tori
vincent: vince vinnie
virginia: ginny ginger
walter: walt wally
wendy: gwen
wilfred: wilf fred
wilhelmina: billie mina minnie
william: will bill billy willie liam wills
winifred: winnie
zachary: zac zach zack
"""


def _groups() -> tuple[Mapping[str, frozenset[int]], Mapping[str, frozenset[int]]]:
    full: dict[str, set[int]] = {}
    short: dict[str, set[int]] = {}
    for number, line in enumerate(_GROUPS.strip().splitlines()):
        longer, _, shorter = line.partition(":")
        for names, found in ((longer, full), (shorter, short)):
            for name in names.split():
                found.setdefault(name, set()).add(number)
    return _frozen(full), _frozen(short)


def _frozen(found: Mapping[str, set[int]]) -> Mapping[str, frozenset[int]]:
    return {name: frozenset(numbers) for name, numbers in found.items()}


_FULL, _SHORT = _groups()
_NONE: frozenset[int] = frozenset()


def may_be_called(one: str, other: str) -> bool:
    """True when two folded given names may be one person's, such as robert and bob."""
    mine, theirs = _SHORT.get(one, _NONE), _SHORT.get(other, _NONE)
    return not (
        mine.isdisjoint(theirs)
        and mine.isdisjoint(_FULL.get(other, _NONE))
        and theirs.isdisjoint(_FULL.get(one, _NONE))
    )
