# SPDX-License-Identifier: Apache-2.0
"""Words that say nothing about what is asked, and Korean particles and endings."""
# ruff: noqa: SIM905 - a list of words is read as words

# Cut off the end of a word while two syllables stay.
PARTICLES = frozenset(
    (
        "은 는 이 가 을 를 에 의 도 만 와 과 로 으로 에서 에게 께 한테 까지 "
        "부터 라고 이라고 보다 처럼 마다 이나 나 이란 란 에는 에도 에서는 으로는 "
        "로는 이랑 랑 하고 밖에 조차 요 이요 입니까 입니다 인가요 이었습니까 였습니까 "
        "하나요 했나요 합니까 합니다 했습니까 했습니다 해요 했어요 하려고요 할까요 "
        "되나요 됐나요 됩니까 됩니다 돼요 됐어요 인데요 는데요 은데요 나요 네요 어요 "
        "아요 습니다 습니까 해주세요 하세요 세요 주세요 싶어요"
    ).split()
)

# Stems, as `strip_particle` leaves them.
KOREAN_STOP_WORDS = frozenset(
    (
        "것 수 등 및 그 이 저 거 좀 네 예 아니요 아 음 어 무엇 무엇인 뭐 누구 "
        "어느 어떤 어떻게 왜 다음 중 관한 대한 관해 대해 대해서 따르면 해당 하는 "
        "되는 된 한 할 있는 없는 있 없 있나 그리고 그런데 그래서 하지만 또는 또한 "
        "제가 저는 저희 우리 여기 거기 이거 그거 저거 안녕 감사 감사드립 고맙 고마워 "
        "여보 여보세 수고 되 돼 하 해 했 됐 저기"
    ).split()
)

# Without apostrophes: "don't" is "dont". Greetings and thanks are among them.
STOP_WORDS = frozenset(
    (
        "a about above after again against all also am an and any are arent as at be because been "
        "before being below between both but by can cant cannot could couldnt did didnt do does "
        "doesnt doing don dont down during each else even ever every few for from further get "
        "gets getting got had hadnt has hasnt have havent having he hello help her here hers hey "
        "hi him his how i id if ill im in into is isnt it its itself ive just know let lets like "
        "ll look looking m maybe me more most much my myself need no nor not now of off oh ok "
        "okay on once one only or other our ours out over own please pls re really s say see she "
        "should so some someone something such sure t tell than thank thanks that thats the their "
        "theirs them then there theres these they thing things think this those through to too "
        "try trying u under until up ur us use ve very want wanted was wasnt way we well were "
        "weve what whats when where which while who whom why will with wont would yeah yep yes "
        "yet you youd youre your yours yourself"
    ).split()
)
