# SPDX-License-Identifier: Apache-2.0
"""Words by which people show how they feel about us, English and Korean.

No word here names a trade or a topic: `fraud`, `broken` and `late` are what a contact is
about, `furious` and `third time I am writing` are how somebody feels about it. Each list is
the alternatives of one pattern, so that what was found can be quoted as it was written.
"""

import re

_ORDINAL = r"(?:second|third|fourth|fifth|sixth|2nd|3rd|4th|5th|6th|umpteenth|hundredth)"
_TELLS = (
    r"(?:call|writ|wrot|ask|contact|explain|tell|told|e-?mail|report|complain|try|tried|wait"
    r"|chas|message|phone|reach|request|sen[dt])"
)
_AND = r"(?:\s+[\w'’]+){0,3}?\s+"

# Asked before, and not heard.
UNHEARD = (
    rf"{_ORDINAL} time{_AND}{_TELLS}\w*",
    rf"{_ORDINAL} (?:e-?mail|message|call|letter|attempt|complaint|reminder|ticket)",
    rf"{_ORDINAL} (?:day|week|month) (?:of (?:silence|waiting)|without|in a row|with no)",
    r"(?:over and over|time and again|again and again|how many (?:more )?times|how much longer)",
    r"still (?:no|not a|not heard a|waiting for (?:an? )?)\s?(?:answer|reply|response|word|news"
    r"|call ?back|refund|solution)",
    r"(?:nobody|no one|noone|no-one)(?: ever)? (?:answers?|answered|repl(?:y|ies|ied)|cares?"
    r"|call(?:s|ed)|listens?|help(?:s|ed)|responds?|responded|reads)",
    r"never (?:called|heard|got(?: a call)?|wrote|replied|answered)(?: me| us)?(?: back)?",
    r"(?:is|are) (?:anybody|anyone|somebody) (?:home|there|reading|listening)(?: at all)?",
    r"(?:being|been|keep(?:s|ing)?|kept|you) ignor\w+",
    r"(?:i|we)(?:'ve|’ve| have)? (?:already )?(?:told|asked|written) (?:you|them|him|her)"
    r" (?:already|twice|before|three times|many times|so often|to never)",
    r"(?:keep|kept) (?:sending|telling|transferring|passing|bouncing) me",
    r"days? of silence",
    r"no (?:answer|reply|response) (?:yet|so far|at all|since)",
    r"passed (?:around|from one)",
    r"(?:두|세|네|다섯|여섯|2|3|4|5|6) ?번째 (?:문의|전화|연락|메일|메시지|요청|신고|통화|글)\S*",
    r"몇 ?번(?:째|이나|을)\S*",
    r"같은 (?:말|얘기|이야기|설명)(?:을|만)? (?:또|계속|몇|반복)\S*",
    r"(?:답|답변|답장|회신|연락|대답|소식|응답)(?:이|도|은|은커녕)? ?(?:아직 |전혀 |계속 )?"
    r"(?:없|안 ?(?:와|옵|왔|오|주)|못 ?받)\S*",
    r"아무(?:도|런) \S{0,8} ?(?:없|안|못)\S*",
    r"무시(?:당|하|받)\S*",
    r"누가 (?:답|대답|좀)\S*",
    r"언제까지 기다\S*",
    r"계속 (?:기다리|같은|미루|돌리)\S*",
)
# Angry.
ANGRY = (
    r"(?:unacceptable|outrageous|ridiculous|disgraceful|disgusting|appalling|shameful|scandalous"
    r"|insulting|furious|livid|enraged|angry|fed up|pathetic|useless|incompetent|nightmare"
    r"|rip-?off|liars?|lied to|shame on you|last straw|had enough|worst|terrible|horrible|awful"
    r"|atrocious|abysmal|dreadful)",
    r"sick (?:and tired )?of",
    r"(?:this|it|that|service|what)(?: is|['’]s| was)?(?: \w+)? a (?:bad )?joke",
    r"waste of (?:my )?(?:time|money)",
    r"(?:wtf|for (?:god|heaven|christ)['’]?s sake|what the hell)",
    r"화(?:가|도)? ?(?:나|났|납|난|치)\S*|열 ?받\S*|짜증\S*|어이(?:가)? ?없\S*|황당\S*|기가 막\S*"
    r"|최악\S*|엉망\S*|불쾌\S*|분노\S*|뻔뻔\S*|말(?:이|도) 안 ?되?\S*|너무(?:하|합|해|한|들)"
    r"(?:네|시|니|다|는|요|십)\S*|못 ?참\S*|참을 수 ?없\S*|장난(?:하|치)\S*|거짓말\S*"
    r"|사기(?:당|꾼|예|입)\S*",
)
# About to leave, or to go to others.
LEAVING = (
    r"(?:lawyer|legal action|take (?:this|you) to court|sue you|ombudsman|trading standards"
    r"|consumer (?:protection|rights|court|association)|chargeback|the press)",
    r"never (?:\w+ ){0,2}(?:buy|order|shop|stay|come|use|book|bank|deal)\w*(?: \w+){0,3} again",
    r"(?:taking|take) my (?:business|money) (?:elsewhere|away|somewhere)",
    r"(?:close|cancel|leave) (?:all )?(?:my|our) (?:account|accounts|contract|membership)"
    r" (?:today|now|at once|for good|if|unless)",
    r"(?:switch|switching|go|going) to (?:another|a different|your) (?:company|bank|shop"
    r"|competitors?|provider|carrier)",
    r"소비자(?:원|보호원|고발|센터)\S*|소보원\S*|금감원\S*|고소\S*|변호사\S*|법적\S*|언론\S*"
    r"|다시는 \S{1,6}(?: ?안| ?않|지)\S*|탈퇴하\S*|해지하겠\S*|신고하겠\S*",
)
# Let down, worn out, worried.
LOW = (
    r"(?:disappoint(?:ed|ing|ment)|let down|letting me down|upset|frustrat(?:ed|ing|ion)"
    r"|annoy(?:ed|ing)|unhappy|dissatisfied|unsatisfied|stressed|stressful|desperate|in tears"
    r"|crying|exhausted|exhausting|embarrass(?:ed|ing)|wits['’]? end|out of patience"
    r"|los(?:ing|t) (?:my )?patience|heartbroken|tired of|hopeless|humiliat(?:ed|ing))",
    r"실망\S*|불만(?:스|족|입|이에|이네|이 많|이 커)\S*|답답\S*|속상\S*|지(?:쳤|칩|친|치네)\S*"
    r"|힘드네\S*|서운\S*|섭섭\S*|아쉽\S*|아쉬웠\S*|불안\S*|막막\S*|당황\S*|울고 싶\S*|도대체",
)
# Glad.
GLAD = (
    r"(?:(?:is|are|was|were|been|so|really|very|absolutely|truly|simply) (?:wonderful|amazing"
    r"|fantastic|excellent|lovely|perfect|brilliant|kind|friendly|helpful|happy|pleased|grateful"
    r"|satisfied|beautiful)|delighted|impress(?:ed|ive)|made my day|outstanding|superb"
    r"|happy (?:with|about)(?! any| either| all)|satisfied with|loved it"
    r"|(?:i|we) love (?:it|this|that|the|your|my|how)"
    r"|best (?:service|shop|bank|hotel|company))",
    r"정말 (?:감사|고마|친절|좋)\S*|너무 (?:감사|고마|친절|좋)\S*|감동\S*"
    r"|만족(?:합|해|스러|스럽|했)\S*|최고(?:예|입|네|에)\S*|훌륭\S*"
    r"|완벽\S*|마음에 ?(?:들|듭|쏙)\S*|기(?:쁩|뻐|쁘)\S*|친절하\S*|꼼꼼[하해]\S*",
)

# What comes before a word and turns it round. "Cannot be angry" and "never disappointed" do.
_NOT_EN = re.compile(
    r"(?:\b(?:not|never|no|nor|neither|without|hardly|barely|isn['’]t|wasn['’]t|aren['’]t|ain['’]t"
    r"|weren['’]t|don['’]t|doesn['’]t|didn['’]t|can['’]t|cannot|couldn['’]t|won['’]t|wouldn['’]t"
    r"|haven['’]t|hasn['’]t|far from|anything but|less than|stop being))"
    r"(?:\s+(?:a|an|the|at|all|be|been|being|feel|feeling|so|very|too|really|that|me|any|even|am"
    r"|is|was|quite|in|at all|once|exactly|particularly|entirely|completely)){0,4}\s*$",
    re.IGNORECASE,
)
_NOT_KO_BEFORE = re.compile(r"(?:^|\s)(?:안|못|별로|전혀)\s*$")
_NOT_KO_AFTER = re.compile(
    r"(?:지|진|지는|지도|스럽지|하지|적이|나지|치지)? ?(?:않|못 ?하|안 ?[하했해])"
)
_BUYS_AGAIN = re.compile(
    rf"{_ORDINAL} (?:time (?:i|we)(?:['’]\w+)? ?(?:buy|bought|order|stay|book|shop|visit|use|am"
    r" (?:buying|ordering|staying|here|back)))|번째 (?:구매|주문|방문|이용|재구매|예약)",
    re.IGNORECASE,
)


def negated(before: str, found: str, after: str) -> bool:
    """Tell whether the words around turn `found` round ("not happy", "화나지 않아요")."""
    if _NOT_EN.search(before[-60:]) or _NOT_KO_BEFORE.search(before[-8:]):
        return True
    return _NOT_KO_AFTER.search(found + after[:8]) is not None


def buys_again(found: str) -> bool:
    """Tell whether an ordinal counts purchases rather than complaints."""
    return _BUYS_AGAIN.search(found) is not None
