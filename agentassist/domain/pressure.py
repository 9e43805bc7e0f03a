# SPDX-License-Identifier: Apache-2.0
"""What is used to push past a safeguard, by its words. It makes a chip louder, never softer."""

import re
from collections.abc import Mapping

from agentassist.domain.verdict import Pressure

_CUES: Mapping[Pressure, str] = {
    Pressure.BEGGING: (
        r"\b(?:i(?:['’]?m| am)? beg(?:ging)?(?: you)?|pretty please|please,? please|(?:just"
        r"|only) this (?:once|one time)|have (?:mercy|a heart)|make an exception|help me out"
        r"|i(?:['’]?m| am) desperate|do me (?:a|this) favou?r|nobody (?:will|would"
        r"|needs to) (?:know|find out)|our (?:little )?secret|between (?:us|you and me)"
        r"|be a (?:dear|darling|sport)|come on)\b|제발|(?:한\s?번|이번)만|사정\s?(?:좀|이에요"
        r"|합니다)"
        r"|봐\s?주(?:세요|시면|십시오)|애원|간곡히|눈\s?감아|우리끼리|비밀로\s?(?:해|할)"
    ),
    Pressure.HURRY: (
        r"\b(?:hurry|in a rush|urgent(?:ly)?|asap|immediately|emergency|no time|quick(?:ly)?"
        r"|at once|(?:need|do|want) (?:it|this|that|you to)?(?: \w+)? ?(?:right )?now"
        r"|right this (?:second|minute|instant)|my (?:flight|train|taxi|bus|meeting|plane) (?:is"
        r"|leaves|starts|goes)|any (?:second|minute) now|running out of time)\b|빨리|급해|급하"
        r"|급한|급합|당장"
        r"|시간(?:이|도)?\s?없|얼른|서둘|촉박|늦(?:었|겠)어요?\s?빨|1분\s?1초"
    ),
    Pressure.AUTHORITY: (
        r"\b(?:i(?:['’]?m| am) (?:the|a|an|your|calling from|with) (?:\w+ ){0,2}(?:manager|ceo"
        r"|director|owner|boss|lawyer|attorney|police|officer|detective|doctor|nurse|judge"
        r"|auditor|inspector|security|technician|it|head office|bank|support)|(?:this is"
        r"|calling from) (?:the )?(?:police|it|head office|security|headquarters|the bank|fraud)"
        r"|your (?:\w+ )?(?:boss|manager|supervisor|colleague|director|ceo"
        r"|coworker) (?:\w+ )?(?:said|told|approved|promised|allowed|always|does|did|let"
        r"|authori[sz]ed)|i know (?:the|your) (?:owner|ceo|director|manager|boss|chairman)|vip"
        r"|(?:platinum|diamond|gold) (?:member|customer|guest|card)|do you know who i am"
        r"|who i am|(?:they|he|she|the last (?:one|agent)|the other agent"
        r"|everyone else) (?:always )?(?:did|does|let|lets|allowed|gave) (?:it|me|us|that))\b|경찰"
        r"|변호사|검사|검찰|사장|본사|지점장|팀장|점장|윗(?:사람|분)|상사|대표(?:이사|님)"
        r"|내가\s?누군지|누군지\s?알아|우수\s?고객|브이아이피"
        r"|(?:다른|지난번|저번)\s?(?:직원|상담원|분)(?:은|이|분은|분이)?\s?\S*\s?(?:해\s?줬"
        r"|해\s?주|됐|가능)"
    ),
    Pressure.THREAT: (
        r"\b(?:(?:i(?:['’]?ll| will| am going to|['’]?m going to)|or i(?:['’]?ll)?"
        r"|going to) (?:\w+ ){0,2}(?:sue|complain|report|leave|cancel everything|go public|post"
        r"|tweet|get you|make sure|call the police|never come back|tell everyone|write a)"
        r"|sue you|(?:my|a) lawyers?|legal action|one.star|bad review|(?:social|the) (?:media"
        r"|press)|newspapers?|get you fired|lose your job|your fault|you['’]?ll (?:regret|pay"
        r"|be sorry|hear from)|never come(?:ing)? back|last chance|or else"
        r"|consumer (?:protection|affairs)|ombudsman|what(?:['’]?s| is) your (?:full )?name)\b|고소"
        r"|신고(?:할|하겠|합니다|해\s?버)|소송|소비자(?:원|보호|고발)|언론|기자(?:한테|에게|를)"
        r"|(?:인터넷|SNS|에스엔에스)에\s?(?:올|다)"
        r"|별점|악평|가만\s?(?:안|두지|있지)|책임(?:져|지세요|질|지실)|민원|두고\s?보|후회(?:할"
        r"|하게)|짤리|잘리|자르"
    ),
}
_FOUND = {kind: re.compile(cues, re.IGNORECASE) for kind, cues in _CUES.items()}


def pressure_of(text: str) -> tuple[Pressure, ...]:
    """Return the kinds of pressure in a folded utterance."""
    return tuple(kind for kind, cues in _FOUND.items() if cues.search(text))
