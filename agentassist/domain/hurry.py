# SPDX-License-Identifier: Apache-2.0
"""Whether somebody says that they are in a hurry; silence tells nothing."""

import re

_READ = 2_000
_HURRY = re.compile(
    r"\b(?:in (?:a|such a) (?:big |real )?(?:hurry|rush)|(?:i'm|i am|we're|we are) (?:rushing"
    r"|late for)"
    r"|hurry(?: up)?|(?:no|not (?:much|a lot of)|little|don't have (?:much |the |any )?) ?time\b"
    r"(?! limit)|quickly|be quick|make (?:it|this) (?:quick|fast)|real quick|right now|asap"
    r"|as (?:soon|fast|quickly) as (?:possible|you can)|urgent(?:ly)?|at once|immediately"
    r"|(?:flight|train|bus|taxi|plane|ferry|meeting|ceremony|class"
    r"|shift)(?: \w+){0,3} (?:leaves|in \d"
    r"|departs|starts|boards|boarding|is waiting|waiting)|(?:have|need|got) to (?:go|run|leave"
    r"|catch)"
    r"|(?:in|within) (?:five|ten|fifteen|\d{1,2}) min(?:ute)?s?|deadline (?:is|in)|minutes left)"
    r"|빨리|급해|급하|급히|급합|서둘|서두르|시간(?:이|도)? ?(?:별로 |거의 |진짜 )?없|바빠|바쁘"
    r"|바쁩|얼른|당장|촉박|분 ?안에"
    r"|분 ?뒤에? ?(?:출발|나가|비행|기차|회의)|(?:비행기|기차|버스|회의|수업)(?:가|이)? ?(?:곧"
    r"|\d)"
    r"|(?:가|나가)(?:봐야|야) ?(?:해|돼|합|됩|하)",
    re.IGNORECASE,
)
_CALM = re.compile(
    r"\b(?:no (?:hurry|rush)|not in (?:a|any) (?:hurry|rush)|no need to (?:hurry|rush)"
    r"|don't (?:hurry|rush)|not urgent|isn't urgent|take your time|(?:have|got|plenty of"
    r"|lots of|all"
    r" the) (?:plenty of |lots of |all the )?time)\b"
    r"|급하지 ?않|급한 ?건? ?아니|안 ?급|천천히|서두르지 ?않|시간(?:이|은)? ?(?:많|괜찮|있|넉넉"
    r"|충분)",
    re.IGNORECASE,
)


def hurried(text: str) -> bool | None:
    """Return True or False where the customer's words tell, None where they do not."""
    read = text[-_READ:].replace("’", "'")
    if _CALM.search(read):
        return False
    return True if _HURRY.search(read) else None
