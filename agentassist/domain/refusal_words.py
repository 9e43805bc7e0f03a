# SPDX-License-Identifier: Apache-2.0
"""The words of a bare refusal, and those that make something else of them, by language.

An inability to see, hear or find something is no refusal, nor is what goes wrong with a
login or a telephone: after "can't" some verbs are left out, after "won't" and "don't" only
some are taken.
"""

import re
from collections.abc import Mapping

Patterns = Mapping[str, re.Pattern[str]]


def _compiled(english: str, korean: str) -> Patterns:
    return {
        "en": re.compile(english, re.IGNORECASE),
        "ko": re.compile(f"{korean}|(?:{english})", re.IGNORECASE),
    }


_HARMLESS = (
    r"(?:wait|see|find|hear|reach|locate|open|read|tell|say|remember|recall|imagine|believe"
    r"|thank|complain|agree|stress|recommend|promise|guarantee|log|connect|speak|understand"
    r"|think|deny|be (?:happier|more|too|sure|better|certain|there|any)|get (?:through|hold|over)"
    r"|help (?:but|notic|think|feel|laugh|smil)|blame|argue|fault|pronounce|spell|view|access"
    r"|call up|pull up|look (?:it|that|this) up|refuse|decline|have you (?:waiting|wait))"
)
_FIRMLY = r"(?:(?:just|really|simply|actually|sadly|unfortunately|also|even|possibly|currently) )*"
_WILL_NOT = (
    r"(?:allow|accept|offer|do (?:that|this|it|those|these|refunds|returns|exchanges|anything)"
    r"|give|refund|issue|make (?:an |any )?exceptions?|take (?:it|them|that|this|those|returns)"
    r"|provide|permit|hono[u]?r|match|approve|extend|waive|exchange|replace|reimburse|grant"
    r"|cover|deliver to|ship to|price.?match)"
)
_DONE_WITH = (
    r"(?:done|changed|refunded|returned|cancell?ed|waived|exchanged|reversed|extended|undone"
    r"|moved|rebooked|transferred|granted|approved|combined|reimbursed|replaced|accepted)"
)
_OWN_ACTS = (
    r"(?:return|cancel|get|have|do|change|exchange|use|bring|keep|swap|transfer|book|check|stay"
    r"|move|send|claim|upgrade|switch|leave|combine|receive|extend|refund)"
)
_WANTED = (
    r"(?:request|refund|return|claim|wish|exchange|cancellation|extension|application|discount"
    r"|upgrade|change)"
)
_REFUSALS_EN = (
    rf"\b(?:we|i|the (?:hotel|bank|shop|store|company|team))(?:'m| am|'re| are)? "
    rf"{_FIRMLY}(?:can't|cannot|can not|cant|couldn't|could not|(?:not |un)able to"
    rf"|won't be able to|will not be able to"
    rf"|would not be able to) {_FIRMLY}(?!{_HARMLESS})(?:\w+|\W*$)"
    r"(?: (?:it|that|this|you|her|him|them))?",
    rf"\b(?:we|i)(?:'m| am|'re| are) {_FIRMLY}(?:not (?:allowed|permitted|authori[sz]ed|in a "
    r"position) to|unable to)(?: \w+)?",
    r"\b(?:we|i) (?:aren't|wasn't|weren't|are not|am not) (?:able|allowed|permitted) to(?: \w+)?",
    rf"\b(?:we|i) {_FIRMLY}(?:won't|will not|don't|do not|never) {_FIRMLY}{_WILL_NOT}\b",
    r"\b(?:we|i) (?:can't|cannot|can not)\s*[.!]*\s*$",
    r"\b(?:we|i) (?:have|had|need|must) ?(?:to )?(?:decline|refuse|reject|say no|turn (?:you|it"
    r"|that"
    r"|this|her|him|them) down)",
    rf"\byou {_FIRMLY}(?:can't|cannot|can not|cant|may not|won't be able to|aren't allowed to"
    rf"|are not allowed to) {_FIRMLY}{_OWN_ACTS}\b",
    r"(?:\b(?:is|are|was|were|be)|'s|'re|^|[,;:] ?)\s*(?:just |simply |sadly |unfortunately )*"
    r"(?:not|n't) (?:possible|allowed|permitted|eligible|refundable|returnable|transferable|an "
    r"option|something (?:we|i) (?:can|do|offer)|in my power|up to me|negotiable)",
    r"n't (?:possible|allowed|permitted|eligible|refundable|returnable|transferable|an option"
    r"|something (?:we|i) (?:can|do|offer))",
    r"\b(?:told|informed|advised|let) (?:her|him|them|customer|caller|guest|client|the \w+)"
    r"(?: know)?(?: that)?(?: it(?:'s| is| was))? (?:no\b(?! (?:problem|need|worr))|not possible"
    r"|impossible|can't|cannot)",
    r"(?<!\w )(?<!\w)(?:can't|cannot) (?:do|help with) (?:that|this|it)\b",
    rf"\b(?:can't|cannot|can not|could not|couldn't|won't|will not) be {_DONE_WITH}\b",
    r"\bunfortunately,? (?:no\b(?! (?:one|body))|not\b(?! (?:all|every|yet|before)))",
    r"\bafraid (?:not\b|no\b|that's (?:not|a no)|it's (?:not|a no)|there is nothing"
    r"|there's nothing)",
    r"\bsorry,? (?:but )?(?:no\b(?! (?:problem|worr|need|trouble|one|idea))"
    r"|(?:that's|it's|that is|it is) (?:not|a no)\b)",
    r"\b(?:nothing|not (?:anything|much)) (?:more |else )?(?:i|we) (?:can|could) do\b",
    r"\bno longer (?:possible|allowed|refundable|returnable|eligible)",
    r"\bno (?:refunds?|exceptions?|returns?|exchanges?)(?= (?:after|on|for|possible|allowed|past"
    r"|here|without)|[.!]|\s*$)",
    r"\b(?:out of the question|no can do|no way around (?:it|that|this)"
    r"|no way (?:to do|we can|i can|of doing)(?: (?:it|that|this))?)",
    r"\bagainst (?:our|the|company|hotel|bank|store|shop) ?\w{0,8} ?(?:policy|policies|rules?)",
    r"\b(?:policy|rules|system|terms) (?:does not|doesn't|do not|don't|won't|will not) "
    r"(?:allow|permit|let)",
    r"\b(?:it's|it is|that's|that is) too late (?:to|for)\b",
    r"(?:^ ?|[.,;] ?|\b(?:i|we|have|had) )(?:refused|declined|denied|rejected|turned down)\b"
    rf"(?: (?:the|her|his|their|a|this|that|it)\b)?(?: {_WANTED})?",
    rf"\b{_WANTED} (?:was |has been |is )?(?:refused|declined|denied|rejected|turned down)\b",
    r"\b(?:said|saying) no to (?:the|her|him|them|that|this|it)",
)
_REFUSALS_KO = (
    r"(?:안|못) ?(?:됩니다|돼요|되십니다|되세요|되고요|된다(?:고|는)|되는 (?:점|걸로|것으로)|됨"
    r"|돼서 (?:죄송|양해)"
    r"|될 것 같(?:아요|습니다)|되네요|되는데요|되시는|되는 부분|되겠)",
    r"(?<!가입 )불가(?:합니다|해요|함|하다고|하십니다|하세요|하네요|능합니다|능해요|능함"
    r"|능하다고|능하십니다|능하세요|능해서"
    r"|능한 (?:점|부분|걸로)|한 (?:점|부분|걸로)| ?안내| ?통보| ?처리|[.!]|\s*$|능[.!]|능\s*$)",
    r"(?:어렵습니다|어려워요|어렵네요|어려우십니다|어려우세요|어려울 (?:것|거) 같(?:습니다|아요"
    r"|은데요)|어렵다고"
    r"|어려운 (?:점(?!이? ?있)|부분|걸로|상황입니다)|힘듭니다|힘들어요|힘드십니다|힘들 (?:것"
    r"|거) 같(?:습니다|아요)|힘들다고)",
    r"(?:드릴|할|하실|될|받으실|받을|바꿀|바꾸실) ?수(?:가|는)? ?없(?:습니다|어요|네요|다고|음"
    r"|을 것 같|으십니다|으세요"
    r"|는 (?:점|부분|상황))",
    r"못 ?(?:해 ?드립니다|해 ?드려요|해 ?드린다고|해 ?드릴|합니다|해요|하십니다|하세요|바꿔 ?드"
    r"|받으십니다|받으세요"
    r"|해 ?줍니다|해 ?준다고)",
    r"거절(?:했|함|드렸|드립|합니다|하였|됐|되었| ?안내| ?처리)",
    r"(?:방법|도리|(?:드릴|할) (?:게|것이|수 있는 (?:게|것이|건)))(?:이|은|도)? ?없(?:습니다"
    r"|어요|네요|다고|음)",
    r"(?:지원하지|제공하지|받지|허용되지|허용하지|(?<!불)가능하지|취급하지|승인되지|진행하지"
    r"|인정되지"
    r"|적용되지|해당되지)"
    r" ?않(?:습니다|아요|는다고|고 있|음)",
    r"(?:조정|할인|교환|환불|반품|판매|배송|예약|변경|취소|면제)(?:은|는|을"
    r"|를)? ?하지 ?않(?:습니다|아요|음)",
    r"반려(?:했|함|됐|되었|합니다| ?처리)",
)

REFUSALS: Patterns = _compiled("|".join(_REFUSALS_EN), "|".join(_REFUSALS_KO))

QUESTION: Patterns = _compiled(
    r"\?\s*$|^\s*(?:is|are|was|were|can|could|can't|couldn't|won't|isn't|do|does|don't|would|will"
    r"|should) (?:i|we|you|it|that|this|they|she|he|there|the|my|somebody|anyone)\b"
    r"|^\s*(?:why|what|how|if|in case|whether) ",
    r"\?\s*$|(?:나요|까요|냐고|는지|은지|을지|될지|가요|니까)[\s.!]*$|냐고"
    r"|는지 ?(?:문의|물|여쭤|궁금|확인)",
)
"""A question turns nobody down, nor does what stands under an if."""

NO_REFUSAL_BEFORE: Patterns = _compiled(
    r"(?:\b(?:if|whether|unless|in case|when|no reason(?: why)?|nothing|not that|not because"
    r"|never say"
    r"|see (?:any reason )?why|see no reason(?: why)?|think|hope|sure|wondering|until|say|says"
    r"|worry)"
    r"\W+(?:that\W+)?(?:\w+\W+){0,1}|\b(?:not|hardly) |\b(?:he|she|they|guest)\s*)$"
    r"|\bdon't worry\b|\bjust kidding\b",
    r"(?:로그인|전화|휴대폰|핸드폰|컴퓨터|배송 조회|접속|앱|어플|화면|결제|전원|작동|연결"
    r"|인터넷|통화|통신|충전|부팅|인식|조회|재생"
    r"|소리|와이파이"
    r"|연락|인증|클릭|선택|버튼|카드|기계|이해하기|알기|듣기|읽기|쓰기|보기|찾기|작성하기"
    r"|사용하기)"
    r"(?:이|가|은|는|도|을|를)?(?: (?:잘|자꾸|계속|전혀|지금))*\s*$|(?:말로|이루|기다릴"
    r"|믿을)\s*$",
)
NO_REFUSAL_AFTER: Patterns = _compiled(
    r"[^,;.]{0,60}\b(?:until (?:we|i|you|it|they|he|she|the)\b|unless|before (?:i|we)"
    r"|right away, but|enough|more than|wrong"
    r"|without "
    r"your help)\b|\W+(?:a problem|any problem|long|to worry|miss)\b",
    r"\s*(?:면|시면|으면|더라도|지 ?않|진 ?않|지는 ?않|게 ?없|것 ?없|건 ?없|거 ?없)",
)
CUSTOMER_SAYS: Patterns = _compiled(
    r"\b(?:customer|client|caller|guest|cust|member|husband|wife|he|she|they|who|mr|mrs|ms)\b\.?"
    r"(?: \w+){0,2} (?:says?|said|claims?|thinks?|complain\w*|wr[io]t\w+|heard|reports?|believes?"
    r"|is worried|was worried|feels?|told (?:me|us)|(?:was|were|been|got) told|can't|cannot"
    r"|couldn't"
    r"|won't|doesn't|does not|isn't|is not|refused|declined|rejected|denied|turned)\b"
    r"|\b(?:customer|client|caller|guest|cust|he|she|they)(?:'s| is| was| are| were)? "
    r"(?:not|unable|refus\w+|declin\w+)|\b(?:offer|proposal|alternative|invitation) $",
    r"고객(?:님)?(?:이|께서|은|는)? ?[^.]*(?:다고|라고|고) ?(?:하십|하심|하셔|하시|주장|말씀하"
    r"|문의|하소연|불만)"
    r"|(?:다고|라고) ?(?:하십니다|하심|하시네|하시는데|하시며|하셔서|주장|말씀하)"
    r"|고객(?:님)?(?:이|께서) ?[^.]*(?:거절|거부|반려)|고객 ?(?:거절|거부)",
)
OFFERED: Patterns = _compiled(
    r"\b(?:instead|alternatively|how about|what (?:i|we) can do|would you like"
    r"|let me (?:find out|check"
    r"|ask|see|look)|happy to|offer(?:ed|ing)?(?! (?:that|this|it|those|refunds|returns"
    r"|exchanges|any))"
    r"|suggested|proposed|agreed on|the good news)\b"
    r"|\b(?:but|however|though|still)\b[^.!?\n]{0,60}\b(?:can|could|will|may|'ll)\b(?!'t| not)"
    r"|(?<!wish )\b(?:we|i|you|she|he|they) (?:can|could)(?!'t|not"
    r"| not)\b(?! only)(?! do\b[^a-z]*$)"
    r"|\b(?:i|we)(?:'ll| will) (?:find out|check|ask|call|get back|look|send|arrange|book"
    r"|credit|give)"
    r"|\b(?:gave|sent|booked|arranged) (?:her|him|them|a|an|the)\b",
    r"대신|다른 방법|어떠세요|어떠신|어떨까요|원하시면|(?<!불)가능합니다|(?<!불)가능하십니다"
    r"|(?<!불)가능하세요"
    r"|(?<!불)가능해요|수 ?있(?:습니다|어요|으십|으세요|도록|다고)|드리겠습니다|드릴게요"
    r"|드리기로|안내드렸고"
    r"|알아보고|알아보겠|확인(?:해|하고|한 뒤|후)[^.]{0,12}연락|제안(?:했|함|드)|대안",
)
"""What takes the bareness from a refusal: something that can be done, said beside it."""
