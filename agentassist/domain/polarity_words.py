# SPDX-License-Identifier: Apache-2.0
"""The words that tell how a request is meant, English and Korean, as patterns.

They read folded text (see `utterance.normalise`). A pattern that is too eager costs a button
instead of a prompt; one that is too lazy shows what nobody asked for.
"""

import re

MARKS = "\"“”„«»「」『』‘’'"
"""Quotation marks."""

_WANT = (
    r"(?:want(?:ed)?|need(?:ed)?|wish|intend(?:ed)?|plan(?:ned)?|care|like to|looking|trying|going"
    r"|asking|interested|after|here)"
)
_ABLE = r"(?:can|could|will|would|is|are|was|do|does|did|should|may|might)"
_PEOPLE = (
    r"(?:wife|husband|partner|friend|neighbou?r|mother|father|mum|mom|dad|son|daughter|brother"
    r"|sister|boss|colleague|cousin|aunt|uncle|roommate|flatmate|girlfriend|boyfriend|grandmother"
    r"|grandfather)"
)

QUOTES = re.compile(
    r"((?<!\w)(?:\"[^\"]{1,300}\"|“[^”]{1,300}”|„[^“”]{1,300}[“”]|«[^»]{1,300}»|「[^」]{1,300}」"
    r"|『[^』]{1,300}』|‘[^‘]{1,300}’(?!\w)|'(?:[^']|'(?=\w)){1,300}'(?!\w))(?!\w))"
)
"""Words between quotation marks."""

REFUSES = re.compile(
    r"\b(?:do not|don['’]?t|dont|does not|doesn['’]?t|did not|didn['’]?t|no longer|never|not"
    rf"|won['’]?t|wouldn['’]?t|isn['’]?t|aren['’]?t)(?: \w+){{0,2}}? {_WANT}\b"
    r"|(?:^|\b(?:please|so|and|just|but|then|ok|okay|hey)[ ,]+)(?:do not|don['’]?t|dont"
    r"|never) \w+"
    r"|^(?:no|not|nope|nah)\b(?! (?:problem|idea|one|way|chance|clue|longer available|yet"
    r"|sure)\b)|\bno (?:need|thanks|thank you|more)\b|\bnever mind\b"
    r"|\bforget (?:about )?(?:it|that|the)\b|\bnot (?:a|an|the|my|any|for|to) \w+$"
    r"|\b(?:rather|better|prefer) not\b|\bnot \w+ing\b"
    r"|\b(?:stop|quit) (?:asking|offering|sending|suggesting)\b|\bnobody (?:wants|asked|needs)\b"
    r"|\b(?:instead of|rather than)\b|\bi(?:['’]?m| am) (?:good|fine)(?: thanks| without)\b"
    r"|\b(?:won['’]?t|will not|not gonna|not about to) (?:be )?\w+"
    r"|\b(?:changed my mind about|against|decided not to|no (?:interest|intention|intent|plans?"
    r"|desire|wish|reason)|under no circumstances|by no means|in no way|hold off|refuse to"
    r"|hate to)\b"
    r"|\b(?:is|was|are|be)(?: not|n['’]?t) (?:necessary|needed|required|wanted)\b|\bunnecessary\b"
    r"|\b(?:keep|leave) (?:it|that|this|the \w+|my \w+|everything) (?:as (?:it )?is|alone)\b"
    r"|\bnot (?:now|today|any ?more)\b"
    r"|고\s?싶지\s?(?:는\s|도\s)?않"
    r"|지\s?(?:는\s)?(?:마세요|마시|말아|마요|말고|마라|마$|말\s?것)"
    r"|(?:하|되|받|가|먹|쓰|사|바꾸|옮기|시키)지(?:는|도)?\s?않(?:을|겠|아도|아요|습니다|고)"
    r"|말고(?:\s|$)"
    r"|(?:이|가)?\s?아니(?:라|고|에요|예요|요|야|$)|필요\s?(?:는\s|가\s)?없|필요하지\s?않|싫"
    r"|원하(?:지|는 건|는 게)\s?(?:않|아니)"
    r"|(?:^|\s)(?:안|못)\s?(?:할|살|갈|받을|먹을|쓸|바꿀)\S*|생각(?:은|이)?\s?(?:없|안)"
    r"|(?:^|\s)(?:됐어요|됐습니다|괜찮아요|괜찮습니다)(?:$|[ .,!])"
    r"|그만(?:\s|두|해)|관심\s?없|사양(?:하|할)"
)
"""Something is not wanted."""

ASKING = re.compile(
    rf"\b(?:why|how come) {_ABLE}? ?(?:you |we |i |it |there )?(?:not|n['’]?t)\b"
    rf"|\b{_ABLE}(?: not|n['’]?t) (?:i|you|we|it|there|they|somebody|someone)\b"
    rf"|\bcan['’]?t (?:i|you|we|it|somebody|someone)\b|\b{_ABLE} (?:i|you|we|it|there) not\b"
    r"|\bis there no\b|\bno (?:way|chance)\b(?=[^.]*\?)|\bif (?:it['’]?s |that['’]?s )?not\b"
    r"|\bor not\b|\bwhy not\b|\bif not\b|\bnot only\b|\bno problem\b"
    r"|(?:지\s?(?:는\s)?않|지\s?못\s?하|(?:^|(?<=\s))(?:안|못)\s?\S{1,3}|수(?:는|가)?\s?없"
    r"|면\s?안\s?\S{1,2}|없"
    r"|아니)\S{0,4}(?:나요|까요?|가요|는지(?:요)?|은지|냐고?|니\?|나\?|죠|지요|잖아요)(?=$"
    r"|[\s.,!?])|왜\s(?:안|못)\s?\S+"
)
"""A negation that asks: can't I, 안 되나요, 할 수 없을까요."""

ASKS = re.compile(
    r"\b(?:i|we) (?:\w+ )?(?:want|need|would like|wish|hope|insist|demand|request)\b"
    rf"|\b(?:i|we)['’]?d (?:like|love)\b|\b{_ABLE} (?:i|you|we|it|there|somebody|someone)\b"
    r"|\bcan['’]?t (?:i|you|we)\b|\bplease\b|\bgive me\b|\blet me\b|\bhow (?:do|can|about)\b"
    r"|\bis it (?:too|possible)\b|\bany (?:chance|way)\b"
    r"|\b(?:do|don['’]?t) you (?:still )?have\b"
    r"|\b(?:i|we) (?:have to|must|wonder|was wondering|would appreciate)\b|\?"
    r"|^(?:(?:hi|hello|ok|okay|so|and|then|just|now|oh|no|yes|well|but|please),? )*(?:cancel|stop"
    r"|send|give|change|undo|refund|return|end|match|find|get|take|ship|waive|swap|activate|move|make|put"
    r"|bring|open|book|extend|replace|exchange|resend|reverse|block|transfer|switch|upgrade|remove"
    r"|add|pay|reduce|lower|raise|tell|read|show|help|skip|lend|hold|keep|wake|call)\b"
    r"|싶(?:어요|은데|습니다|네요|어서요)?|주세요|주실|주시|줘|나요|까요|가요\b|가능|부탁|되나|될까|려고"
    r"|할래|할게|해야|원해|원합|바랍|바래|찾아|구해"
)
"""Something is asked for."""

PROBLEM = re.compile(
    r"\b(?:missed|overslept|lost|wrong(?:ly)?|incorrect|missing|stolen|damaged|defect\w*|broken?"
    r"|mistakes?|mistaken(?:ly)?|forgot\w*|overcharged|charged|expired|stuck|too late|delayed|gone"
    r"|cheaper|twice|typo|faulty|accidentally|costs less|lower price)\b"
    r"|놓쳤|놓쳐|잘못|분실|잃어|깨졌|깨진|파손|불량|고장|늦었|없어졌|지났|틀렸|틀려|실수"
    r"|더\s?(?:싸|저렴)|못\s?(?:받|먹|찾)"
    r"|안\s?(?:왔|와요|오)"
)
"""Something has gone wrong: to say so is to ask for help."""

PAST = re.compile(
    r"\b(?:you|they|he|she|your \w+)(?: have|['’]ve| has)?(?: already| kindly)? (?:refunded"
    r"|cancell?ed|returned|exchanged|changed|waived|matched|extended|approved|reversed|fixed)\b|"
    r"\balready\b|\b(?:last|the other) (?:time|week|month|year|night|day)\b.*\b\w+ed\b"
    r"|\b(?:i|we)(?: have|['’]ve)? (?:cancell?ed|returned|refunded|exchanged|changed|moved"
    r"|swapped|checked out|got (?:a|my|the) (?:refund|money|credit|exchange)|received (?:a|my"
    r"|the) (?:refund|money|credit|exchange|new))\b"
    r"|\b(?:was|were|has been|have been|got) (?:cancell?ed|refunded|returned|exchanged|approved"
    r"|activated|settled|sorted|fixed|resolved)\b"
    r"|\bthanks? (?:you )?for (?:the|letting|sorting|giving|your|cancel\w*|refund\w*|return\w*)\b"
    r"|이미|벌써|지난번에|저번에|예전에|(?:했|됐|받았|보냈|바꿨|취소했|반품했|환불받았)었"
    r"|(?:환불|취소|반품|교환|변경)(?:은|는|을)?\s?(?:잘\s)?(?:했|됐|되었|받았|완료)"
)
"""It was done."""

HYPOTHETICAL = re.compile(
    r"\bwhat (?:if|would happen)\b|\bhad (?:i|we) (?!to\b)\w+|\bwere (?:i|we) to\b"
    r"|\bif (?:some|any)(?:one|body) \w+"
    r"|\bif (?:a|another|some) (?:guest|customer|person|friend|client|user|man|woman) \w+"
    r"|\b(?:suppose|supposing|hypothetically|theoretically|in theory)\b"
    r"|\bif (?:i|we|someone|somebody|a guest|a customer|one) (?:were|was|had|wanted|ever|should"
    r"|decided|did|could|ordered|bought|booked|asked|needed|lost|missed|went)\b"
    r"|\b(?:let['’]?s|lets) say\b"
    r"|\b(?:imagine|say) (?:i|we|you|someone|that)\b|\bone day\b"
    r"|\bsome ?day\b|\bin case (?:i|we) (?:ever|should)\b|\bfor future reference\b|\bin general\b"
    r"|\bfor (?:my|a) (?:thesis|novel|homework|blog|story)\b|만약|만일|가령|가정|혹시라도"
    r"|나중에\s?(?:혹시|만)"
    r"|(?:다면|라면)\s?어떻게|예를\s?들(?:어|면)"
    r"|앞으로\s?혹시"
)
"""It is only thought of."""

NOT = re.compile(
    r"\b(?:not|no|never|nobody|no one|none|nothing|neither|nor|cannot|unable|hardly)\b|n['’]?t\b"
    r"|(?:^|\s)(?:안|못)\s?\S|지\s?(?:는\s?)?(?:않|못|마|말)|없|아니"
)
"""A plain negation, of whatever it may be."""

ASIDE = re.compile(
    r"\b(?:just|only|merely) (?:asking|curious|wondering|checking|hypothetical)\b"
    r"|\bout of curiosity\b|그냥\s?궁금|궁금해서\s?(?:그런|여쭤|물어)|그냥\s?여쭤"
)
"""All that was said is only thought of."""

OTHERS_WISH = re.compile(
    rf"\b(?:my|his|her|our|a|the) {_PEOPLE} (?:wants?|needs?|would like|is asking|asks|asked"
    r"|wonders|is wondering|hopes|wishes|wanted)\b"
    r"|\b(?:he|she|they) (?:wants?|needs?|would like|wishes|hopes)\b|\bon behalf of\b"
    r"|\b(?:calling|asking|writing|here) for (?:my|a|his|her|someone|somebody)\b"
    r"|(?:대신(?:해서|해|하여)?\s?(?:문의|전화|여쭤|신청|부탁|연락)|(?:달래|싶대|하재|된대"
    r"|원한대|싶다네|싶어\s?하)(?:요|는데|서|셔)?)"
)
"""Somebody else wants it."""

REPORT = re.compile(
    r"\b(?:he|she|they|people|everyone|somebody|someone|your (?:colleague|website|site|page|ad"
    r"|leaflet|mail|boss|chatbot|bot|agent|manager)|the (?:website|site|page|ad|leaflet|mail"
    r"|chatbot|bot|agent|sign|letter|man|woman|lady|guy|review|article|terms|policy)|(?:my|a|the"
    rf"|another) (?:{_PEOPLE}|guest|customer)) (?:just |once |also |always )?(?:said|says|told"
    r"|tells|claims?|claimed|wrote|writes|mentioned|reads|states|was told|goes|asked (?:you|them"
    r"|him|her|for))\b|\bit says\b|\baccording to\b"
    r"|\bi (?:read|heard|saw) (?:that|somewhere|on|in)\b"
    r"|(?:라고|다고|냐고|자고|달라고)\s?(?:하던데|하더라|하셨|했|써\s?있|적혀|들었|말했|말씀하"
    r"|나와|되어\s?있|쓰여)|라던데|다던데|(?:이|라)래요"
    r"|한대요"
)
"""Somebody else said it."""

OWN_WORDS = re.compile(
    r"\b(?:i|we) (?:just |already |have )?(?:said|say|told|tell|asked|repeat|mean|meant)\b"
    r"|제가\s?\S*\s?(?:말|요청)|(?:저는|제가|나는)\s.*(?:라고|다고)\s?(?:했|말)"
)
"""The customer repeats a wish of theirs."""

WRY = re.compile(
    r"\b(?:oh|ah|wow|well),? (?:great|wonderful|sure|perfect|nice|lovely|brilliant|fantastic"
    r"|of course)\b|\byeah,? (?:right|sure)\b|\bthanks for nothing\b"
    r"|\bhow (?:nice|lovely|generous|kind|convenient) of you\b|\bas if\b|\bgood luck with\b"
    r"|\bwhat a (?:great|wonderful|lovely|brilliant|surprise)\b"
    r"|\b(?:just|absolutely) (?:great|perfect|wonderful|brilliant|what i needed)\b"
    r"|\bbecause (?:i|we|who) (?:just |really |so |doesn['’]?t )?(?:love|enjoy|need)s?\b"
    r"|\blucky me\b|\bsure you (?:will|do|can)\b|\bbig surprise\b|\bslow clap\b|\b/s\b|잘도"
    r"|참\s?(?:좋네|대단하|친절하|훌륭하|빠르)|어련하|퍽이나|대단하시네|눈물\s?나게"
    r"|아주\s?(?:잘|좋은)\s?(?:하는|서비스네)|그럴\s?줄\s?알았"
)
"""It is not meant as it sounds."""
