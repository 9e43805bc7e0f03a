# SPDX-License-Identifier: Apache-2.0
"""A policy read back as sentences, in English or Korean, for the people who answer for it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from agentassist.domain.amounts import written
from agentassist.domain.condition import Condition, Operator
from agentassist.domain.facts import FactSpec, FactType, Plain, Text, Unit
from agentassist.domain.policy import (
    Alternative,
    AnyPolicy,
    Bundle,
    Category,
    Decline,
    Guard,
    Policy,
    ProtectedPolicy,
    SafePath,
)
from agentassist.domain.verdict import Owner

Path = tuple[str | int, ...]

_DAY_HOURS = 24


@dataclass(frozen=True, slots=True)
class Spoken:
    """One sentence. `path` is the rule it tells of, `depth` how far it stands in.

    Paths are those of the file: ("decline", 0), ("decline", 0, "alternative", 1).
    """

    text: str
    path: Path = ()
    depth: int = 0


_CATEGORIES: Mapping[Category, Text] = {
    Category.SAFETY: Text("safety", "안전"),
    Category.SECURITY: Text("security", "보안"),
    Category.PRIVACY: Text("privacy", "개인정보"),
    Category.HEALTH: Text("health", "건강"),
    Category.ETHICS: Text("ethics", "윤리"),
}
_GUARDS: Mapping[Guard, Text] = {
    Guard.UNVERIFIED: Text("a caller who is not identified", "본인 확인이 되지 않은 고객"),
    Guard.THIRD_PARTY: Text("a caller who is not the account holder", "명의자가 아닌 고객"),
    Guard.CREDENTIALS: Text("a change of credentials", "인증 정보 변경"),
    Guard.SIM: Text("a change of the SIM", "유심 변경"),
    Guard.PAYEE: Text("a new payee", "수취인 등록"),
    Guard.CONTACT: Text("a change of contact data", "연락처 변경"),
}
_OWNERS: Mapping[Owner, Text] = {
    Owner.US: Text("done by us", "당사 처리"),
    Owner.SHARED: Text("done together with the customer", "고객과 함께 처리"),
    Owner.CUSTOMER: Text("done by the customer", "고객 직접 처리"),
}
_ROLES: Mapping[str, Text] = {
    "agent": Text("agent", "상담사"),
    "lead": Text("lead", "책임자"),
    "supervisor": Text("supervisor", "관리자"),
}
_COMPARED: Mapping[Operator, Text] = {
    Operator.AT_LEAST: Text("{fact} is {a} or more", "{fact} {a} 이상"),
    Operator.MORE: Text("{fact} is more than {a}", "{fact} {a} 초과"),
    Operator.AT_MOST: Text("{fact} is {a} or less", "{fact} {a} 이하"),
    Operator.LESS: Text("{fact} is less than {a}", "{fact} {a} 미만"),
    Operator.BETWEEN: Text("{fact} is from {a} to {b}", "{fact} {a}부터 {b}까지"),
    Operator.IS: Text("{fact} is {a}", "{fact}: {a}"),
    Operator.IS_NOT: Text("{fact} is not {a}", "{fact}: {a} 아님"),
    Operator.IN: Text("{fact} is one of {all}", "{fact}: {all} 중 하나"),
    Operator.NOT_IN: Text("{fact} is none of {all}", "{fact}: {all} 모두 아님"),
}
_TIMES: Mapping[Operator, Text] = {
    Operator.AT_LEAST: Text("{fact} is {a} or later", "{fact} {a} 이후"),
    Operator.MORE: Text("{fact} is later than {a}", "{fact} {a} 지난 뒤"),
    Operator.AT_MOST: Text("{fact} is {a} or earlier", "{fact} {a} 이전"),
    Operator.LESS: Text("{fact} is earlier than {a}", "{fact} {a} 되기 전"),
}
_SAYS = Text('The agent says: "{sentence}"', '상담사 안내: "{sentence}"')
_YES = Text(
    '"{title}": the answer is yes, unless one of the following is true.',
    '"{title}" 요청에는 네라고 답합니다. 아래 경우만 예외입니다.',
)
_YES_ALWAYS = Text('"{title}": the answer is yes.', '"{title}" 요청에는 네라고 답합니다.')
_IDENTIFY = Text(
    "First the caller is identified, and is the account holder.",
    "먼저 본인 확인을 하고, 명의자인지 확인합니다.",
)
_TOUCHES = Text(
    "Before anything else the safeguard on {guard} must be passed.",
    "무엇보다 먼저 {guard} 보호 절차를 통과해야 합니다.",
)
_SCOPE = Text("This policy speaks when {when}.", "이 정책의 적용 조건: {when}.")
_FROM = Text("It is valid from {day}.", "{day}부터 유효합니다.")
_UNTIL = Text("It is valid until {day}.", "{day}까지 유효합니다.")
_SPANS = Text("It is valid from {day} to {end}.", "{day}부터 {end}까지 유효합니다.")
_OVERRIDES = Text("It goes before {others}.", "{others}보다 우선합니다.")
_LIMITS = Text(
    "The {amount} is granted by whoever may sign it: {limits}. Above that, the next one signs.",
    "{amount} 승인 한도: {limits}. 한도를 넘으면 다음 책임자가 승인합니다.",
)
_DISCOVERY = Text(
    'Where the need is not clear, the agent asks first: "{sentence}"',
    '무엇이 필요한지 분명하지 않으면 먼저 묻습니다: "{sentence}"',
)
_DECLINE = Text(
    "Declined when {when}: {reason}.", "다음에 해당하면 거절합니다: {when}. 사유: {reason}."
)
_INSTEAD = Text("Instead: {offer} ({how}).", "대안: {offer} ({how}).")
_ONLY = Text("only when {when}", "{when}인 경우만")
_COSTS = Text("costs us {cost}", "비용 {cost}")
_FREE = Text("costs us nothing", "비용 없음")
_SERVES = Text("serves {needs}", "충족: {needs}")
_STEP = Text("Step {number}: {step}.", "{number}단계: {step}.")
_EXTRA = Text(
    "When {when}, the answer is yes, and the agent adds: {condition}",
    "{when}: 네라고 답하고 덧붙입니다. {condition}",
)
_ASKED = Text(
    "What is not known of these is asked, never guessed: {facts}.",
    "알 수 없는 항목은 추측하지 않고 묻습니다: {facts}.",
)
_REFUSED = Text(
    '"{title}" is protected ({category}): the answer is no, kindly, unless it is proven.',
    '"{title}" 요청은 보호 대상입니다({category}). 증명되지 않으면 정중히 거절합니다.',
)
_ALLOW = Text("Yes only when all of this is proven: {when}.", "모두 증명된 경우만 허용: {when}.")
_NEVER = Text("Nothing opens it on the desk.", "상담 화면에서는 허용할 수 없습니다.")
_SAFE = Text(
    "Otherwise the safe way: {offer} ({how}).", "그 밖의 경우 안전한 방법: {offer} ({how})."
)
_DUAL = Text(
    "Two people of the right role may open it together (dual control).",
    "권한이 있는 두 사람이 함께 승인하면 허용할 수 있습니다(이중 통제).",
)
_STANDS = Text("It stands before: {guards}.", "다음 경우에 앞서 적용됩니다: {guards}.")
_DETECTS = Text(
    "The desk looks out for {act} together with {object}.",
    "화면이 주의하는 말: {act} + {object}.",
)


def spoken(policy: AnyPolicy, bundle: Bundle, language: str) -> tuple[Spoken, ...]:
    """Return a policy as sentences, in the order of evaluation."""
    speaker = _Speaker(bundle, "ko" if language.startswith("ko") else "en")
    if isinstance(policy, ProtectedPolicy):
        return tuple(speaker.protected(policy))
    return tuple(speaker.ordinary(policy))


def condition_text(condition: Condition, spec: FactSpec, language: str) -> str:
    """Say one condition: occupancy in per cent is less than 95."""
    frames = _TIMES if spec.unit is Unit.DAY_TIME else {}
    frame = frames.get(condition.operator, _COMPARED[condition.operator])
    shown = [value_text(spec, literal, language) for literal in condition.literals]
    first, second = (*shown, "", "")[:2]
    name = spec.called(language)
    return frame.say(language).format(fact=name, a=first, b=second, all=", ".join(shown))


def value_text(spec: FactSpec, value: Plain, language: str) -> str:
    """Say one value: yes, 60.00 USD, 10:30, or what people call a value of a list."""
    if isinstance(value, bool):
        return Text("yes", "예").say(language) if value else Text("no", "아니요").say(language)
    if spec.type is FactType.MONEY:
        return written(int(value), spec.currency)
    if spec.unit is Unit.DAY_TIME and isinstance(value, int):
        return f"{value // 60:02}:{value % 60:02}"
    named = dict(spec.named_values(language))
    return named.get(str(value)) or str(value).replace("_", " ")


class _Speaker:
    """Says the parts of a policy in one language."""

    def __init__(self, bundle: Bundle, language: str) -> None:
        self._bundle = bundle
        self._language = language

    def ordinary(self, policy: Policy) -> Iterator[Spoken]:
        head = _YES if policy.declines else _YES_ALWAYS
        yield self._line(head, title=self._say(policy.title))
        yield self._line(_SAYS, 1, ("yes",), sentence=self._say(policy.yes))
        yield from self._reach(policy)
        if policy.account_bound:
            yield self._line(_IDENTIFY, 0, ("account_bound",))
        if policy.touches:
            guard = self._say(_GUARDS[policy.touches])
            yield self._line(_TOUCHES, 0, ("touches",), guard=guard)
        for index, rule in enumerate(policy.declines):
            yield from self._decline(policy, rule, index)
        for index, extra in enumerate(policy.yes_with):
            when, condition = self._all(extra.when), self._say(extra.condition)
            yield self._line(_EXTRA, 0, ("yes_with", index), when=when, condition=condition)
        yield from self._limits(policy)
        if policy.discovery.en:
            yield self._line(_DISCOVERY, 0, ("discovery",), sentence=self._say(policy.discovery))
        yield from self._asked(policy)

    def protected(self, policy: ProtectedPolicy) -> Iterator[Spoken]:
        category = self._say(_CATEGORIES[policy.category])
        yield self._line(_REFUSED, title=self._say(policy.title), category=category)
        yield self._line(_SAYS, 1, ("refuse",), sentence=self._say(policy.refuse))
        yield from self._reach(policy)
        for index, rule in enumerate(policy.allow):
            yield self._line(_ALLOW, 0, ("allow", index), when=self._all(rule.when))
            if rule.condition.en:
                sentence = self._say(rule.condition)
                yield self._line(_SAYS, 1, ("allow", index), sentence=sentence)
        if not policy.allow:
            yield self._line(_NEVER, 0, ("allow",))
        if policy.exception:
            yield self._line(_DUAL, 0, ("exception",))
        for index, path in enumerate(policy.safe_paths):
            yield self._safe(path, index)
        if policy.guards:
            names = ", ".join(self._say(_GUARDS[guard]) for guard in policy.guards)
            yield self._line(_STANDS, 0, ("guards",), guards=names)
        yield self._words(policy)

    def _safe(self, path: SafePath, index: int) -> Spoken:
        how = f"{self._say(_OWNERS[path.owner])}, {self._hours(path.within_hours)}"
        return self._line(_SAFE, 0, ("safe_path", index), offer=self._say(path.offer), how=how)

    def _words(self, policy: ProtectedPolicy) -> Spoken:
        act = policy.act.get(self._language, ())
        things = policy.object.get(self._language, ())
        return self._line(_DETECTS, 0, ("act",), act=_listed(act), object=_listed(things))

    def _decline(self, policy: Policy, rule: Decline, index: int) -> Iterator[Spoken]:
        when, reason = self._all(rule.when), self._say(rule.reason).rstrip(".")
        yield self._line(_DECLINE, 0, ("decline", index), when=when, reason=reason)
        for place, option in enumerate(rule.alternatives):
            path: Path = ("decline", index, "alternative", place)
            how = ", ".join(self._how(policy, option))
            yield self._line(_INSTEAD, 1, path, offer=self._say(option.offer), how=how)
            for number, step in enumerate(option.steps, 1):
                said = self._say(step).rstrip(".")
                yield self._line(_STEP, 2, (*path, "steps"), number=number, step=said)

    def _how(self, policy: Policy, option: Alternative) -> Iterator[str]:
        if option.when:
            yield self._put(_ONLY, when=self._all(option.when))
        owner = self._say(_OWNERS[option.owner])
        yield f"{owner} ({self._role(option.by)})" if option.by else owner
        yield self._hours(option.within_hours)
        cost = written(option.cost, self._bundle.authority.currency)
        yield self._put(_COSTS, cost=cost) if option.cost else self._say(_FREE)
        met = (self._say(policy.needs[need]) for need in option.delivers if need in policy.needs)
        yield self._put(_SERVES, needs=", ".join(met))

    def _reach(self, policy: AnyPolicy) -> Iterator[Spoken]:
        if policy.scope:
            yield self._line(_SCOPE, 0, ("scope",), when=self._all(policy.scope))
        if policy.overrides:
            others = ", ".join(self._title(other) for other in policy.overrides)
            yield self._line(_OVERRIDES, 0, ("overrides",), others=others)
        first, last = policy.valid_from, policy.valid_until
        if first and last:
            yield self._line(_SPANS, 0, ("valid_from",), day=first, end=last)
        elif first:
            yield self._line(_FROM, 0, ("valid_from",), day=first)
        elif last:
            yield self._line(_UNTIL, 0, ("valid_until",), day=last)

    def _title(self, policy_id: str) -> str:
        policy = self._bundle.policies.get(policy_id)
        return f'"{self._say(policy.title)}"' if policy else policy_id

    def _limits(self, policy: Policy) -> Iterator[Spoken]:
        rules = self._bundle.authority
        spec = self._bundle.facts.get(policy.amount)
        limits = [limit for limit in rules.limits if limit.action == policy.action]
        if spec is None or not limits:
            return
        told = ", ".join(
            f"{self._role(x.role)} {written(x.per_action, x.currency or rules.currency)}"
            for x in limits
        )
        name = spec.called(self._language)
        yield self._line(_LIMITS, 0, ("amount",), amount=name, limits=told)

    def _asked(self, policy: Policy) -> Iterator[Spoken]:
        facts = dict.fromkeys(condition.fact for condition in policy.conditions())
        specs = (self._bundle.facts[fact] for fact in facts if fact in self._bundle.facts)
        names = [spec.called(self._language) for spec in specs if not spec.volunteered]
        if names:
            yield self._line(_ASKED, 0, (), facts=", ".join(names))

    def _role(self, role: str) -> str:
        return _ROLES[role].say(self._language) if role in _ROLES else role

    def _all(self, when: Sequence[Condition]) -> str:
        joint = Text(", and ", ", 그리고 ").say(self._language)
        facts = self._bundle.facts
        known = (condition for condition in when if condition.fact in facts)
        told = (condition_text(c, facts[c.fact], self._language) for c in known)
        return joint.join(told) or Text("in every case", "모든 경우").say(self._language)

    def _hours(self, hours: int) -> str:
        if hours == 0:
            return self._say(Text("at once", "즉시"))
        if hours == 1:
            return self._say(Text("within an hour", "1시간 이내"))
        days, rest = divmod(hours, _DAY_HOURS)
        if days > 1 and not rest:
            return self._put(Text("within {days} days", "{days}일 이내"), days=days)
        return self._put(Text("within {hours} hours", "{hours}시간 이내"), hours=hours)

    def _say(self, text: Text) -> str:
        return text.say(self._language)

    def _put(self, frame: Text, **values: object) -> str:
        return frame.say(self._language).format(**values)

    def _line(self, frame: Text, depth: int = 0, path: Path = (), **values: object) -> Spoken:
        return Spoken(self._put(frame, **values), path, depth)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words) or "-"
