# SPDX-License-Identifier: Apache-2.0
"""The words that tell what a turn does: greet, answer, give a datum, or ask for something.

English is written as turns are folded: small letters, no apostrophes ("dont", "id like").
Korean stands by stems and endings, which carry what English says in words of its own.
No word here belongs to one trade: what is sold differs, how people ask for it does not.
"""
# ruff: noqa: SIM905 - a list of words is read as words

import re

# What is said to be kind, to answer, or to keep the line open. Phrases are taken out whole.
COURTESIES = re.compile(
    r"\b(?:(?:hi|hey|hello) there|i appreciate (?:it|that|(?:all )?your \w+)"
    r"|(?:very |a )?good ?(?:morning|afternoon|evening|day|night)|good ?bye+|bye ?bye+"
    r"|how (?:are|r) (?:you|u|ya)(?: doing)?(?: today)?|how do you do"
    r"|(?:nice|pleased) to meet you"
    r"|(?:have|wish you) (?:a |an )?(?:very )?(?:nice|good|great|lovely|wonderful|blessed"
    r"|fantastic)"
    r" (?:day|one|night|evening|weekend|time)(?: ahead| too)?"
    r"|(?:thank|thanks|thanx|thx|thnx|ty|thanking)(?: ?(?:you|u|ya))?"
    r"(?: (?:so|very) much| a lot| a million| again)?"
    r"(?: for (?:(?:all |the |your |you |ur |valuable |kind |quick |great |this |prompt )*"
    r"(?:help|helping(?: me)?|assistance|support|services?|time|information|info|patience"
    r"|reply|response|cooperation|care|today|telling me|details?|explaining|explanation"
    r"|understanding|checking|updates?|everything|trying(?: to help)?|letting me know"
    r"|assisting(?: me)?)|that|it))?"
    r"|(?:are|r) (?:you|u|your|we)(?: (?:still|ok|okay))?"
    r" (?:there|here|online|available|connected|connecting|connection)"
    r"|(?:is )?(?:any ?(?:one|body)|some ?(?:one|body)) (?:there|here)|can you hear me"
    r"|take your (?:own )?time|no (?:hurry|rush|worries|problem|issues?|need)|not? a problem"
    r"|(?:please |just )?(?:wait|hold on|hang on)"
    r"(?: (?:a|one|for a) (?:minute|moment|second|sec|while|bit))?"
    r"|(?:just |give me )?(?:one|a) (?:minute|moment|second|sec)"
    r"|(?:i am|im|i will|ill|i)(?: be)? wait(?:ing)?"
    r"|(?:no )?(?:nothing|nthng|anything|thing) (?:else|more)"
    r"|(?:thats|that is|tats|that will be|thatll be|thatd be|that would be) "
    r"(?:all|it|everything|great|fine|good|perfect|ok|okay|awesome|wonderful|correct|right|lovely)"
    r"(?: for (?:now|today)| i (?:need|needed)(?: today)?)?"
    r"|(?:you|u) too|same to you|not (?:really|at all|now|today)|of course"
    r"|sounds (?:good|great|right|fine)|go ahead|carry on|never ?mind|my pleasure"
    r"|(?:youre|you are) welcome|(?:i )?got it|i see|i understand|(?:please )?help me"
    r"|(?:i )?(?:need|want) (?:some |your |a |any )?(?:help|assistance|support)"
    r"|(?:can|could) (?:you|u) (?:please )?help(?: me)?(?: (?:out )?with (?:that|this"
    r"|it))?(?: please)?|how (?:can|may) i help(?: you)?(?: today)?"
    r"|(?:its )?working (?:fine|now|well|good)|problem solved)\b"
    r"|(?<!\S)(?:안녕(?:하세요|하십니까|히 계세요)?|여보세요|반갑습니다"
    r"|수고(?:하세요|하십니다|하셨습니다|많으십니다)?"
    r"|좋은 (?:하루|저녁|오후|아침)(?: (?:되세요|보내세요))?"
    r"|(?:정말 |너무 |대단히 |진짜 )?(?:감사(?:합니다|해요|드려요|드립니다)|고마워요?|고맙습니다)"
    r"|알겠(?:습니다|어요)|알았어요?|그렇군요|그렇구나|괜찮(?:아요|습니다)|다행이네요|잘됐네요"
    r"|(?:잠깐|잠시)만?(?:요)?(?: 기다려 ?주세요| 기다릴게요)?|기다릴게요|천천히 (?:하세요"
    r"|해 ?주세요)"
    r"|(?:네 |아 )?(?:맞아요|맞습니다|그래요|그렇습니다|그럼요|좋아요|좋습니다|됐어요|됐습니다"
    r"|없어요|없습니다|아니에요|아닙니다|아니요|아니오|아뇨|들려요|확인했(?:어요|습니다))"
    r"|(?:그게 |이게 )?(?:다|전부)(?:예요|입니다|에요)|그거면 돼요"
    r"|죄송(?:합니다|해요|한데요?)|미안(?:해요|합니다)"
    r"|(?:뭐 )?(?:좀 |하나 )?(?:여쭤|물어) ?(?:보려고요|볼게요|봐도 (?:될까요|되나요))"
    r"|(?:좀 )?도와주세요|무엇을 도와 ?드릴까요)(?!\S)"
)

FILLERS = frozenset(
    (
        "um umm uh uhh uhm er erm eh hmm hm mm mmm oh ah hmm well so like actually basically "
        "anyway "
        "just really kinda sorta literally "
        "음 어 어어 아 에 그 그그 저 저기 저기요 뭐 뭐지 뭐랄까 그러니까 그니까 있잖아요 이제 막 "
        "좀 그게"
    ).split()
)
SOUNDS = frozenset(
    "um umm uh uhh uhm er erm eh hmm hm mm mmm oh ah 음 어 어어 아 에 그그 뭐랄까".split()
)

# Dropped from the ends of what is searched for.
ENDS = FILLERS | frozenset(
    (
        "hi hii hiii hai hay hey hello helo hallo dear sir madam maam mam yes yeah yea yep yup ya "
        "no "
        "nope nah ok okay okey okie kk sure alright thanks thank thankyou thx thnx thanx ty bye "
        "byee "
        "goodbye sorry please pls plz and but also then "
        "네 예 넵 넹 응 아니 아니요 아뇨 고객님 상담원님 선생님 사장님 그리고 그런데 근데"
    ).split()
)
YES = frozenset(
    "yes yeah yea yep yup ya ok okay okey sure please 네 예 넵 넹 응 그래요 좋아요".split()
)
SOCIAL = ENDS - frozenset("and but also then".split()) | frozenset(
    (
        "hay hellow greetings morning afternoon evening mr ms miss mrs bro friend team "
        "k oki yess not fine great good perfect awesome excellent nice cool wonderful right "
        "correct "
        "exactly absolutely definitely certainly agreed confirm confirmed ooh wow kindly done "
        "welcome nothing none nevermind enough ohk there "
        "오 그래 그래요 그럼 좋아 맞아 알겠어 혹시 제발 그쵸 그렇죠 잠깐 잠깐만 잠시만 여기 여기요 "
        "됐어요"
    ).split()
)

FUNCTION = frozenset(
    (
        "a an the i im ive id ill me my mine myself we us our you u ur your he she it its they "
        "them "
        "this that these those is am are was were be been being do does did to of in on at for "
        "from "
        "with by and or but if as then than so too also have has had will would can could should "
        "may "
        "might must there here what which who whom how when where why now today just some any all "
        "one ones up out about into over again yet only very more much get got go let lets s t m d "
        "see know want wants wanted need needs like think say said tell ask give given "
        "제 저는 제가 저희 나 내 우리 이 저것 이것 그것 이거 그거 것 거 수 더 다 또 그리고 그런데 "
        "근데 "
        "하지만 그래서 그러면 지금 오늘 이번 있어요 있는데 있는데요 해요 하는데 하는데요 입니다 "
        "이요 요 이에요 예요"
    ).split()
)
POINTING = frozenset(
    (
        "it its that this them those these one ones there 그거 이거 그걸 이걸 그게 이게 거기 그건"
    ).split()
)

NUMBERS = frozenset(
    (
        "zero nought one two three four five six seven eight nine ten eleven twelve thirteen "
        "fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy "
        "eighty "
        "ninety hundred thousand double triple dash hyphen dot com underscore slash at alpha bravo "
        "charlie delta echo foxtrot golf juliet kilo lima mike november oscar papa quebec romeo "
        "sierra "
        "tango uniform victor whiskey xray yankee zulu "
        "하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열 골뱅이 닷컴 점컴 대시 에이 비 씨 디"
    ).split()
)
KOREAN_DIGITS = re.compile(
    r"[공영일이삼사오육륙칠팔구십백천만]{3,}(?:번|번이요|이요|입니다|이에요|예요|요|원)?"
    r"|[공영일이삼사오육칠팔구]"
)

WANTS = re.compile(
    r"\b(?:want|wants|wanted|wanna|wand|need|needs|needed|require|wish|prefer|hope|hoping"
    r"|look(?:ing)? (?:for|to)|try(?:ing)? to|interested in|(?:would|id|wed|i) like|(?:like"
    r"|love) to"
    r"|plan(?:ning)? to|intend to|calling (?:about|to|because)|here (?:to|for|about)|wondering"
    r"|(?:can|could|may) i (?:get|have)|ill (?:have|take)|give me|get me)\b"
    r"|싶|(?:주세요|주실|주시겠|주십|줘요?|달라|바랍니다|원해|원합니다|부탁|려고요?|려는데?|필요)"
)
ASKS = re.compile(
    r"\?|\b(?:what|whats|how|hows|when|where|wheres|which|why|who|whose|whether)\b"
    r"|\b(?:can|could|may|will|would|shall|should|do|does|did) (?:i|we|you|u|it|there|they|any"
    r"|anyone)\b"
    r"|(?:^|\b(?:and|but|so|or|then|also|now|ok|okay|sir|please) )"
    r"(?:can|could|will|would|should|do|does|did|is|are|am|have|has|was|were) "
    r"(?:i|we|you|u|it|there|my|the|this|that|your|they|these|any|anyone)\b"
    r"|\b(?:any (?:way|chance)|possible|available|tell me|let me know|show me|explain|clarify"
    r"|doubt|question|query|enquiry|inquiry|information about|details? (?:of|about|on|for))\b"
    r"|나요|까요|가요|니까|는지|은지|인지|을지|할지|어떻게|어떡|어떤|어디|언제|왜|얼마|무엇|무슨"
    r"|몇 |뭔가|뭐[가를]"
    r"|되죠|하죠|인가|건가|궁금|문의|알려|가능한|가능할|돼요 \?|있어요 \?"
)
PROBLEM = re.compile(
    r"\b(?:not|isnt|doesnt|dont|didnt|wont|cant|cannot|couldnt|havent|hasnt|wasnt|never|unable"
    r"|without) (?!thanks|thank|else|really|now|at all)\w+"
    r"|\b(?:cannot|cant|unable|issues?|problems?|errors?|troubles?|broken|broke|break|crash\w*"
    r"|fail\w*|fault\w*|wrong|incorrect|missing|missed|lost|stolen|damaged|defect\w*|stuck|hang\w*"
    r"|slow|late|delayed|delay|declined|denied|blocked|locked|virus|hacked|fraud\w*|complain\w*"
    r"|stopped|dead|expired|refus\w*|overcharg\w*|charged|mistake\w*|forgot\w*|disconnect\w*"
    r"|interrupt\w*|unhappy|disappointed)\b"
    r"|안 ?(?:돼|되|됩|됐|와|왔|나|켜|열|들|맞|보|뜨|받|해|했|먹)"
    r"|못 ?(?:해|했|하|받|찾|쓰|들|가|열|봤|갔)|지 ?않|지 ?못"
    r"|고장|오류|에러|문제|분실|도난|잃어|깨졌|깨진|깨져|파손|불량|늦|지연|잘못|이상해|이상한|느려"
    r"|느리"
    r"|끊|막혔|잠겼|멈|사라|없어졌|실패|누락|빠졌"
)
ACTS = re.compile(
    r"\b(?:chec?k|checking|chang(?:e|ing)|updat(?:e|ing)|upgrade|book|booking|reserve|order"
    r"|ordering|buy|purchase|report|reporting|cancel|cancell?ing|return|exchange|refund"
    r"|reimburse|claim|claiming|pay|paying|transfer|open|close|activate|deactivate|reset|recover"
    r"|remove|delete|add|increase|decrease|reduce|lower|raise|renew|extend|register|apply|enroll"
    r"|sign up|subscribe|unsubscribe|stop|start|set ?up|install|reinstall|download|replace"
    r"|repair|fix|solve|resolve|track|send (?:me|it|my|the|us)|resend|find|file|dispute"
    r"|(?:re)?schedule|switch|move|modify|edit|correct|verify my|compare|join|leave|terminate"
    r"|redeem|record|view|print|request|requesting|make|place|create|know (?:about|my)|learn"
    r"|in?quire|enquire)\b"
    r"|환불|반품|교환|취소|변경|바꾸|바꿔|예약|주문|신청|해지|가입|등록|조회|확인|결제|송금|이체"
    r"|발급|배송|배달"
    r"|수리|설치|업데이트|초기화|연장|구매|사고|살 수|받고|보내|찾[고으아]|옮기|늘리|줄이|올리|내리"
    r"|정지|청구"
    r"|신고|접수|쓰고"
)
DATA = re.compile(
    r"\b(?:(?:my |the |first |last |full |sur|user ?|middle )*(?:names?|namess?)(?: is| s)?\b"
    r"(?! (?:change|wrong|correction))"
    r"|(?:number|no|code|id|pin|password|pass word|address|e?mail|phone|mobile|zip|confirmation"
    r"|ssn|dob|birth(?:day)?|date|account|pw|answer|amount|total) "
    r"(?:(?:number|no|id|code|address) )*(?:is|are|was|s)\b"
    r"|(?:confirmation|booking|order|account|phone|mobile|reference|invoice|ticket|policy|member\w*"
    r"|customer|employee|social security|zip|pin) (?:number|no|code|id)\b"
    r"|(?:gmail|yahoo|hotmail|outlook|verizon|icloud)(?: ?dot)? ?(?:com|net)"
    r"|\w+(?:gmail|yahoo|hotmail)com\b|(?:this is|i am|im|call me) \w+$)"
    r"|(?:이름|성함|번호|주소|이메일|메일|생일|생년월일|아이디|비밀번호|계좌|코드|연락처)[은는이가]"
    r"|번(?:입니다|이에요|이요)|(?:이라고|라고) (?:합니다|해요)"
)
MORE = re.compile(
    r"\b(?:also|another|one more|something else|else|additionally|besides|as well|second|next"
    r"|other (?:question|thing|issue|problem)|more (?:question|thing|help)|by the way|instead"
    r"|but)\b"
    r"|그리고|또 |하나 더|다른 (?:것|거|문의|건|질문)|추가로|그런데요?|근데요?|아 참|대신|말고"
    r"|이번엔"
)
OWN = re.compile(
    r"\b(?:i|we|ive|weve|my|our)\b|(?<!\S)(?:제|제가|저희|저는|저) |싶|주세요|주실|려고"
)
DONE = re.compile(
    r"\b(?:i|we) (?:will|shall|have (?:already|just|sent|done|attached|updated|given|tried|got"
    r"|made)"
    r"|already|just|did|tried|try|got|sent|attached|gave)\b|\b(?:let me|ive)\b"
    r"|\b(?:here (?:it )?is|here (?:you go|are|i)|attached|is (?:now )?(?:updated|done|working"
    r"|fixed"
    r"|solved|resolved|open(?:ed)?|faster|running)|now (?:its?|it is|my|the|is))\b"
    r"|할게요|하겠습니다|볼게요|보겠습니다|드릴게요|보냈|올렸|이제 (?:돼|되|됩)|해결됐|해결되었"
)
# What an agent says who asks for a name, a number or a proof.
ASKED_DATUM = re.compile(
    r"\b(?:may i|can i|could i|could you|can you|please|your|whats|what is|tell me|provide|need)\b"
    r".*\b(?:names?|number|id|code|pin|password|address|e?mail|phone|zip|birth|birthday|maiden"
    r"|username|identity)\b"
    r"|(?:성함|이름|번호|주소|생년월일|생일|이메일|아이디|연락처|인증)"
    r".*(?:알려|말씀|불러|주세요|주시|어떻게|확인|인가요|될까요)"
)
