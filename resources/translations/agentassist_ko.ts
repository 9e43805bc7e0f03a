<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>AdviceController</name>
    <message>
        <source>picked by hand</source>
        <translation>직접 선택</translation>
    </message>
    <message>
        <source>They have turned down what we can offer now.</source>
        <translation>지금 제안할 수 있는 대안은 모두 거절하셨습니다.</translation>
    </message>
</context>
<context>
    <name>AgreedSteps</name>
    <message>
        <source>Agreed: {what}</source>
        <translation>합의한 내용: {what}</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>AGREED</source>
        <translation>합의됨</translation>
    </message>
    <message>
        <source>{owner}, until {time}</source>
        <translation>{owner}, {time}까지</translation>
    </message>
    <message>
        <source>You</source>
        <translation>나</translation>
    </message>
    <message>
        <source>tomorrow {time}</source>
        <translation>내일 {time}</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>search is starting</source>
        <translation>검색 시작 중</translation>
    </message>
    <message>
        <source>calls: {place}</source>
        <translation>전화: {place}</translation>
    </message>
    <message>
        <source>This contact was not finished. Your notes are here; wrap it up.</source>
        <translation>마무리하지 않은 상담이에요. 메모가 그대로 있으니 후처리를 끝내 주세요.</translation>
    </message>
    <message>
        <source>keywords only</source>
        <translation>키워드 검색만</translation>
    </message>
    <message>
        <source>no call events</source>
        <translation>전화 연동 안 됨</translation>
    </message>
    <message>
        <source>team database</source>
        <translation>팀 데이터베이스</translation>
    </message>
    <message>
        <source>local database</source>
        <translation>로컬 데이터베이스</translation>
    </message>
</context>
<context>
    <name>ArticleReader</name>
    <message>
        <source>Article</source>
        <translation>문서</translation>
    </message>
    <message>
        <source>Back to the &amp;cards</source>
        <translation>카드로 돌아가기(&amp;C)</translation>
    </message>
    <message>
        <source>Internal: do not paste</source>
        <translation>내부용: 붙여넣기 금지</translation>
    </message>
    <message>
        <source>Public</source>
        <translation>공개</translation>
    </message>
    <message>
        <source>verify by {day}</source>
        <translation>{day}까지 재확인</translation>
    </message>
    <message>
        <source>Open {host} in the browser</source>
        <translation>브라우저에서 {host} 열기</translation>
    </message>
</context>
<context>
    <name>AskBox</name>
    <message>
        <source>Still so: {value}</source>
        <translation>그대로: {value}</translation>
    </message>
    <message>
        <source>On record: {value} ({source}). Too old to count on.</source>
        <translation>기록: {value} ({source}). 오래되어 다시 확인이 필요합니다.</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>입력</translation>
    </message>
    <message>
        <source>{name}: {low} to {high}</source>
        <translation>{name}: {low} ~ {high}</translation>
    </message>
</context>
<context>
    <name>AuthorityController</name>
    <message>
        <source>Not given yet: what was left has just been used up elsewhere.</source>
        <translation>아직 드리지 않았습니다. 남은 한도를 방금 다른 곳에서 썼습니다.</translation>
    </message>
    <message>
        <source>The answer has changed. Nothing was signed.</source>
        <translation>판정이 바뀌었습니다. 아무것도 승인되지 않았습니다.</translation>
    </message>
</context>
<context>
    <name>CallController</name>
    <message>
        <source>Find the customer first: a promise needs somebody.</source>
        <translation>고객을 먼저 찾아 주세요. 약속에는 상대가 필요합니다.</translation>
    </message>
    <message>
        <source>Not saved. Your text is kept; try again.</source>
        <translation>저장하지 못했습니다. 입력한 내용은 그대로 있으니 다시 시도해 주세요.</translation>
    </message>
</context>
<context>
    <name>CallStrip</name>
    <message>
        <source>&amp;Wrap up</source>
        <translation>후처리(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Find customer</source>
        <translation>고객 찾기(&amp;F)</translation>
    </message>
    <message>
        <source>Continue by…</source>
        <translation>다른 채널로 계속…</translation>
    </message>
    <message>
        <source>Number withheld</source>
        <translation>발신 번호 없음</translation>
    </message>
    <message>
        <source>Outgoing</source>
        <translation>발신</translation>
    </message>
    <message>
        <source>Incoming</source>
        <translation>수신</translation>
    </message>
    <message>
        <source>Not verified</source>
        <translation>본인 확인 전</translation>
    </message>
    <message>
        <source>Verified by you</source>
        <translation>상담원이 본인 확인함</translation>
    </message>
    <message>
        <source>Verified: {means}</source>
        <translation>본인 확인됨: {means}</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>본인 확인됨</translation>
    </message>
    <message numerus="yes">
        <source>%n more call(s)</source>
        <translation>
            <numerusform>다른 전화 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>Open {open}</source>
        <translation>미해결 {open}</translation>
    </message>
    <message>
        <source>{count} late</source>
        <translation>지연 {count}</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>대기</translation>
    </message>
    <message>
        <source>No call</source>
        <translation>통화 없음</translation>
    </message>
    <message>
        <source>The next caller appears here by itself.</source>
        <translation>전화가 오면 여기에 바로 나타나요.</translation>
    </message>
</context>
<context>
    <name>CallerPanel</name>
    <message>
        <source>Who is calling</source>
        <translation>고객 확인</translation>
    </message>
    <message>
        <source>Find a customer</source>
        <translation>고객 찾기</translation>
    </message>
    <message>
        <source>Nobody found. Try another spelling, or add a new customer.</source>
        <translation>찾지 못했어요. 다르게 써 보거나 새 고객으로 등록해 주세요.</translation>
    </message>
    <message>
        <source>&amp;New customer</source>
        <translation>새 고객(&amp;N)</translation>
    </message>
    <message>
        <source>Shared number</source>
        <translation>함께 쓰는 번호</translation>
    </message>
    <message>
        <source>S: several people use it, such as a family</source>
        <translation>S: 가족처럼 여러 사람이 함께 쓰는 번호</translation>
    </message>
    <message>
        <source>Why no &amp;match?</source>
        <translation>못 찾은 이유(&amp;M)</translation>
    </message>
    <message>
        <source>Merge…</source>
        <translation>합치기…</translation>
    </message>
    <message>
        <source>{name} is the same person as the one on screen</source>
        <translation>{name} 고객은 화면의 고객과 같은 사람</translation>
    </message>
    <message>
        <source>Perhaps {name}</source>
        <translation>혹시 {name} 고객님?</translation>
    </message>
    <message numerus="yes">
        <source>Perhaps one of these %n</source>
        <translation>
            <numerusform>혹시 이 %n명 가운데 한 분?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n customers fit</source>
        <translation>
            <numerusform>일치하는 고객 %n명</numerusform>
        </translation>
    </message>
    <message>
        <source>The caller withholds the number</source>
        <translation>발신 번호가 표시되지 않은 전화</translation>
    </message>
    <message>
        <source>Nobody known with {number}</source>
        <translation>{number} 번호로 등록된 고객 없음</translation>
    </message>
    <message>
        <source>The number is a guess. Ask for the name; A makes the number theirs.</source>
        <translation>추측한 번호예요. 성함을 여쭤보세요. A를 누르면 그 고객의 번호가 됩니다.</translation>
    </message>
    <message>
        <source>Others may use this number too. Ask for the name.</source>
        <translation>다른 사람도 쓰는 번호일 수 있어요. 성함을 여쭤보세요.</translation>
    </message>
    <message>
        <source>Ask for the name, then press the number beside it.</source>
        <translation>성함을 여쭤보고 옆의 숫자를 누르세요.</translation>
    </message>
    <message>
        <source>Ask for a name, an order number or an e-mail address and look it up here.</source>
        <translation>성함, 주문 번호, 이메일 주소 중 하나를 여쭤보고 여기에서 찾아보세요.</translation>
    </message>
    <message>
        <source>{kind} {value}: {means}, {found} found</source>
        <translation>{kind} {value}: {means} {found}건</translation>
    </message>
    <message>
        <source>There was nothing to look for.</source>
        <translation>찾을 정보가 없었어요.</translation>
    </message>
    <message>
        <source>{action}: press the number of the person.</source>
        <translation>{action}: 고객 옆의 숫자를 누르세요.</translation>
    </message>
    <message>
        <source>Type the customer&apos;s name above and press Enter.</source>
        <translation>위에 고객의 이름을 입력하고 Enter를 누르세요.</translation>
    </message>
    <message>
        <source>Add number</source>
        <translation>번호 추가</translation>
    </message>
    <message>
        <source>Choose the caller. The number can be added with one key: A.</source>
        <translation>전화한 고객을 고르세요. A를 누르면 번호도 추가됩니다.</translation>
    </message>
    <message>
        <source>Add this number to {name}</source>
        <translation>{name} 고객에 이 번호 추가</translation>
    </message>
</context>
<context>
    <name>Card</name>
    <message>
        <source>Move up</source>
        <translation>위로</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>아래로</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>삭제</translation>
    </message>
</context>
<context>
    <name>ChannelChips</name>
    <message>
        <source>Show only {channel}</source>
        <translation>{channel}만 보기</translation>
    </message>
</context>
<context>
    <name>ConditionRow</name>
    <message>
        <source>Remove this condition</source>
        <translation>이 조건 삭제</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>조건</translation>
    </message>
    <message>
        <source>Fact</source>
        <translation>사실</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>비교</translation>
    </message>
</context>
<context>
    <name>ConditionsField</name>
    <message>
        <source>Add a condition</source>
        <translation>조건 추가</translation>
    </message>
</context>
<context>
    <name>ConflictController</name>
    <message>
        <source>as you noted</source>
        <translation>상담 중 적은 내용</translation>
    </message>
</context>
<context>
    <name>ConflictLine</name>
    <message>
        <source>{value} ({source})</source>
        <translation>{value}({source})</translation>
    </message>
    <message>
        <source>{fact}: {told}. Which is right?</source>
        <translation>{fact}: {told}. 어느 쪽이 맞나요?</translation>
    </message>
</context>
<context>
    <name>ConversationPanel</name>
    <message>
        <source>&amp;Requests…</source>
        <translation>요청(&amp;R)…</translation>
    </message>
    <message>
        <source>Pick what the customer asks for (Ctrl+P)</source>
        <translation>고객의 요청을 직접 고르기 (Ctrl+P)</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>대화</translation>
    </message>
    <message>
        <source>No policies are loaded</source>
        <translation>불러온 정책 없음</translation>
    </message>
    <message>
        <source>Type what the customer says and press Enter: knowledge and options follow.</source>
        <translation>고객의 말을 입력하고 Enter를 누르면 지식과 안내할 방법이 나타나요.</translation>
    </message>
    <message>
        <source>The customer says…  (Ctrl+Enter: I say)</source>
        <translation>고객의 말…  (Ctrl+Enter: 상담원의 말)</translation>
    </message>
    <message>
        <source>What the customer says</source>
        <translation>고객의 말</translation>
    </message>
    <message>
        <source>Notes, saved as you type</source>
        <translation>메모 (입력하는 대로 저장)</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>메모</translation>
    </message>
</context>
<context>
    <name>CostField</name>
    <message>
        <source>Costs us</source>
        <translation>회사 비용</translation>
    </message>
</context>
<context>
    <name>DeskWindow</name>
    <message>
        <source>Policy lab</source>
        <translation>정책 실험실</translation>
    </message>
</context>
<context>
    <name>DoneLine</name>
    <message>
        <source>Another reason, then Enter</source>
        <translation>다른 이유를 적고 Enter</translation>
    </message>
    <message>
        <source>Why it is done</source>
        <translation>처리 완료 이유</translation>
    </message>
    <message>
        <source>Done with {name}: why?</source>
        <translation>{name} 건을 왜 처리 완료하나요?</translation>
    </message>
    <message>
        <source>Promise kept</source>
        <translation>약속 지킴</translation>
    </message>
    <message>
        <source>Answered elsewhere</source>
        <translation>다른 곳에서 답변함</translation>
    </message>
    <message>
        <source>No answer needed</source>
        <translation>답변이 필요 없음</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>중복</translation>
    </message>
    <message>
        <source>Customer confirmed</source>
        <translation>고객이 확인함</translation>
    </message>
</context>
<context>
    <name>EntryActions</name>
    <message>
        <source>Unpin (P)</source>
        <translation>고정 해제 (P)</translation>
    </message>
    <message>
        <source>Pin (P)</source>
        <translation>고정 (P)</translation>
    </message>
    <message>
        <source>Add a note (N)</source>
        <translation>메모 추가 (N)</translation>
    </message>
    <message>
        <source>Make a promise (R)</source>
        <translation>약속 만들기 (R)</translation>
    </message>
    <message>
        <source>Link an article (L)</source>
        <translation>문서 연결 (L)</translation>
    </message>
    <message>
        <source>Move to another customer (M)</source>
        <translation>다른 고객으로 옮기기 (M)</translation>
    </message>
    <message>
        <source>Show only this case (C)</source>
        <translation>이 건만 보기 (C)</translation>
    </message>
    <message>
        <source>Fold or unfold the case (F)</source>
        <translation>건 접기·펼치기 (F)</translation>
    </message>
    <message>
        <source>Go to what it answers (U)</source>
        <translation>답한 글로 이동 (U)</translation>
    </message>
</context>
<context>
    <name>EntryEditor</name>
    <message>
        <source>Who keeps it</source>
        <translation>지킬 사람</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>기한</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Note on {entry}</source>
        <translation>메모: {entry}</translation>
    </message>
    <message>
        <source>What should the next one know?</source>
        <translation>다음 상담원이 알아야 할 것을 적어 주세요</translation>
    </message>
    <message>
        <source>Pinned: {entry}</source>
        <translation>고정: {entry}</translation>
    </message>
    <message>
        <source>Why is this pinned?</source>
        <translation>왜 고정하나요?</translation>
    </message>
    <message>
        <source>Promise from {entry}</source>
        <translation>약속: {entry}</translation>
    </message>
    <message>
        <source>What is promised?</source>
        <translation>무엇을 약속하나요?</translation>
    </message>
</context>
<context>
    <name>EssentialsPanel</name>
    <message>
        <source>Customer</source>
        <translation>고객</translation>
    </message>
    <message>
        <source>{count} open</source>
        <translation>미해결 {count}건</translation>
    </message>
    <message>
        <source>The caller&apos;s name, promises and purchases appear here.</source>
        <translation>고객의 이름, 약속, 구매 내역이 여기에 나타나요.</translation>
    </message>
    <message>
        <source>there {time}</source>
        <translation>현지 {time}</translation>
    </message>
    <message>
        <source>Birthday today</source>
        <translation>오늘 생일</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>약속</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>기한 지남</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>진행 중</translation>
    </message>
    <message>
        <source>Likes and needs</source>
        <translation>선호와 요구</translation>
    </message>
</context>
<context>
    <name>Examples</name>
    <message>
        <source>The one before</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>The next one</source>
        <translation>다음</translation>
    </message>
    <message>
        <source>Open the policy</source>
        <translation>정책 열기</translation>
    </message>
    <message>
        <source>Make this call a test</source>
        <translation>이 통화를 테스트로 추가</translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s)</source>
        <translation>
            <numerusform>결정 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a cell of the matrix to see the calls behind it.</source>
        <translation>표의 칸을 고르면 해당 통화를 볼 수 있어요.</translation>
    </message>
</context>
<context>
    <name>FactControl</name>
    <message>
        <source>{fact} is known</source>
        <translation>{fact} 알려짐</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>모름</translation>
    </message>
</context>
<context>
    <name>FactsField</name>
    <message>
        <source>Add a fact</source>
        <translation>사실 추가</translation>
    </message>
    <message>
        <source>When these facts are known</source>
        <translation>알려진 사실</translation>
    </message>
    <message>
        <source>Add a fact…</source>
        <translation>사실 추가…</translation>
    </message>
    <message>
        <source>Remove this fact</source>
        <translation>이 사실 삭제</translation>
    </message>
</context>
<context>
    <name>FactsWatch</name>
    <message>
        <source>The answer changed.</source>
        <translation>답변이 바뀌었습니다.</translation>
    </message>
    <message>
        <source>{fact}: not known any more.</source>
        <translation>{fact}: 더 이상 확인되지 않습니다.</translation>
    </message>
    <message>
        <source>{fact}: now {now}.</source>
        <translation>{fact}: 지금 {now}입니다.</translation>
    </message>
    <message>
        <source>{fact}: now {now} (was {was}).</source>
        <translation>{fact}: {was} → {now}(으)로 바뀌었습니다.</translation>
    </message>
</context>
<context>
    <name>FieldChoices</name>
    <message>
        <source>Stays in front</source>
        <translation>앞에 남는 기록</translation>
    </message>
    <message>
        <source>Joins it</source>
        <translation>더해지는 기록</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>Only one has: {fields}</source>
        <translation>한쪽에만 있음: {fields}</translation>
    </message>
    <message>
        <source>The same on both: {fields}</source>
        <translation>양쪽이 같음: {fields}</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Direction</source>
        <translation>방향</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>기간</translation>
    </message>
    <message>
        <source>From</source>
        <translation>시작일</translation>
    </message>
    <message>
        <source>To</source>
        <translation>종료일</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>고정됨</translation>
    </message>
    <message>
        <source>Go to a date</source>
        <translation>날짜로 이동</translation>
    </message>
    <message>
        <source>Any state</source>
        <translation>모든 상태</translation>
    </message>
    <message>
        <source>From anybody</source>
        <translation>모든 발신자</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>전체 기간</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>최근 7일</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>최근 30일</translation>
    </message>
    <message>
        <source>Last 12 months</source>
        <translation>최근 12개월</translation>
    </message>
    <message>
        <source>From … to …</source>
        <translation>기간 지정</translation>
    </message>
    <message>
        <source>Show only what is pinned</source>
        <translation>고정한 것만 보기</translation>
    </message>
</context>
<context>
    <name>FindOutForm</name>
    <message>
        <source>Let me find out</source>
        <translation>알아봐 드리기</translation>
    </message>
    <message>
        <source>What do you find out?</source>
        <translation>무엇을 알아보나요?</translation>
    </message>
    <message>
        <source>Who finds out</source>
        <translation>알아볼 사람</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>지금은 안 함</translation>
    </message>
    <message>
        <source>“Let me find out for you. When may I call you back?”</source>
        <translation>“제가 알아봐 드리겠습니다. 언제 다시 연락드리면 될까요?”</translation>
    </message>
</context>
<context>
    <name>FlipModel</name>
    <message>
        <source>{count}: {before} becomes {after}, {meaning}</source>
        <translation>{count}건: {before} → {after}, {meaning}</translation>
    </message>
</context>
<context>
    <name>FlipView</name>
    <message>
        <source>Verdicts now, by verdicts with the draft</source>
        <translation>당시 판정과 초안 판정 비교표</translation>
    </message>
</context>
<context>
    <name>HandoverForm</name>
    <message>
        <source>To whom? Empty: whoever comes next</source>
        <translation>누구에게 넘길까요? 비워 두면 다음 근무자</translation>
    </message>
    <message>
        <source>To whom</source>
        <translation>받는 사람</translation>
    </message>
    <message>
        <source>What the next one should know</source>
        <translation>다음 근무자가 알아야 할 내용</translation>
    </message>
    <message>
        <source>Note for the next shift</source>
        <translation>다음 근무자에게 남기는 메모</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>넘기기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Hand over what is mine: {count}</source>
        <translation>내 담당 넘기기: {count}건</translation>
    </message>
</context>
<context>
    <name>HighlightsBox</name>
    <message>
        <source>Highlights</source>
        <translation>주요 사항</translation>
    </message>
    <message>
        <source>Show where this is in the timeline; again for the next place</source>
        <translation>타임라인에서 보기. 한 번 더 누르면 다음 기록</translation>
    </message>
    <message>
        <source>Show where this is in the timeline</source>
        <translation>타임라인에서 보기</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>기한 지남</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>진행 중</translation>
    </message>
    <message>
        <source>{count}×</source>
        <translation>{count}회</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>불만</translation>
    </message>
    <message>
        <source>Public</source>
        <translation>공개</translation>
    </message>
    <message>
        <source>Again about {about}</source>
        <translation>다시 문의: {about}</translation>
    </message>
    <message>
        <source>due {when}</source>
        <translation>기한 {when}</translation>
    </message>
    <message>
        <source>none marked as solved, since {day}</source>
        <translation>해결 표시 없음, {day}부터</translation>
    </message>
    <message>
        <source>may spread</source>
        <translation>퍼질 수 있음</translation>
    </message>
    <message>
        <source>not answered</source>
        <translation>답변 안 함</translation>
    </message>
    <message>
        <source>not confirmed as solved</source>
        <translation>해결 확인 안 됨</translation>
    </message>
</context>
<context>
    <name>HoursField</name>
    <message>
        <source>Within</source>
        <translation>기한</translation>
    </message>
    <message>
        <source> h</source>
        <translation>시간</translation>
    </message>
    <message>
        <source>not said</source>
        <translation>정하지 않음</translation>
    </message>
</context>
<context>
    <name>IdentityController</name>
    <message>
        <source>The number was added.</source>
        <translation>번호를 추가했어요.</translation>
    </message>
    <message numerus="yes">
        <source>The number was added; %n earlier contact(s) with it.</source>
        <translation>
            <numerusform>번호와 지난 상담 %n건을 추가했어요.</numerusform>
        </translation>
    </message>
    <message>
        <source>The number is marked as shared: it leads to all of them.</source>
        <translation>함께 쓰는 번호로 표시했어요. 이 번호로 모두를 찾아요.</translation>
    </message>
    <message>
        <source>Find the customer first: a merge needs two records.</source>
        <translation>먼저 고객을 찾으세요. 합치려면 두 기록이 필요해요.</translation>
    </message>
    <message numerus="yes">
        <source>{joined} joined {kept}: one history of %n contact(s).</source>
        <translation>
            <numerusform>{joined} 기록을 {kept} 고객에 합쳤어요. 이력은 모두 %n건이에요.</numerusform>
        </translation>
    </message>
    <message>
        <source>Noted: two people. They are not suggested again.</source>
        <translation>서로 다른 사람으로 기록했어요. 다시 제안하지 않아요.</translation>
    </message>
    <message>
        <source>They may be suggested again.</source>
        <translation>다시 제안할 수 있어요.</translation>
    </message>
    <message>
        <source>The two records are two again, as they were.</source>
        <translation>두 기록을 원래대로 나누었어요.</translation>
    </message>
    <message>
        <source>The contacts are where they were.</source>
        <translation>상담을 원래 자리로 되돌렸어요.</translation>
    </message>
    <message numerus="yes">
        <source>%n contact(s) moved.</source>
        <translation>
            <numerusform>상담 %n건을 옮겼어요.</numerusform>
        </translation>
    </message>
    <message>
        <source>Promises and preferences stayed: they need somebody.</source>
        <translation>약속과 선호는 남았어요. 고객이 필요하기 때문이에요.</translation>
    </message>
</context>
<context>
    <name>LabController</name>
    <message>
        <source>Changes of {day}</source>
        <translation>{day}의 변경</translation>
    </message>
    <message>
        <source>Sign in to begin a draft.</source>
        <translation>초안을 시작하려면 로그인해 주세요.</translation>
    </message>
    <message>
        <source>A draft was begun. Agents see no change until it is put in force.</source>
        <translation>초안을 시작했습니다. 적용하기 전까지 상담원에게는 달라지는 것이 없어요.</translation>
    </message>
    <message>
        <source>Sign in to add a policy.</source>
        <translation>정책을 추가하려면 로그인해 주세요.</translation>
    </message>
    <message>
        <source>{policy} is taken out of the draft.</source>
        <translation>초안에서 뺐습니다({policy}).</translation>
    </message>
    <message>
        <source>Sign in to change policies.</source>
        <translation>정책을 바꾸려면 로그인해 주세요.</translation>
    </message>
    <message>
        <source>Sign in to send it for review.</source>
        <translation>검토를 요청하려면 로그인해 주세요.</translation>
    </message>
    <message>
        <source>Sign in to review. It takes another person than the author.</source>
        <translation>검토하려면 로그인해 주세요. 작성자가 아닌 사람이어야 합니다.</translation>
    </message>
    <message>
        <source>Sign in to put it in force.</source>
        <translation>적용하려면 로그인해 주세요.</translation>
    </message>
    <message>
        <source>“{title}” is in force. Running calls keep what they began with.</source>
        <translation>“{title}” 초안을 적용했습니다. 진행 중인 통화는 시작할 때의 정책을 그대로 씁니다.</translation>
    </message>
    <message>
        <source>Sign in to discard a draft.</source>
        <translation>초안을 버리려면 로그인해 주세요.</translation>
    </message>
    <message>
        <source>“{title}” is discarded.</source>
        <translation>“{title}” 초안을 버렸습니다.</translation>
    </message>
    <message>
        <source>Sign in to bring the draft back.</source>
        <translation>초안을 되살리려면 로그인해 주세요.</translation>
    </message>
    <message>
        <source>Added as a test.</source>
        <translation>테스트로 추가했습니다.</translation>
    </message>
    <message>
        <source>Sign in to add a test.</source>
        <translation>테스트를 추가하려면 로그인해 주세요.</translation>
    </message>
    <message>
        <source>The call is a test of “{title}” now.</source>
        <translation>통화를 “{title}” 정책의 테스트로 추가했습니다.</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>로그인</translation>
    </message>
</context>
<context>
    <name>LabCoverage</name>
    <message>
        <source>Find a rule</source>
        <translation>규칙 찾기</translation>
    </message>
    <message>
        <source>Never used</source>
        <translation>쓰인 적 없음</translation>
    </message>
    <message>
        <source>Overridden</source>
        <translation>예외 승인됨</translation>
    </message>
    <message>
        <source>Rules and their use</source>
        <translation>규칙별 사용 현황</translation>
    </message>
    <message>
        <source>Declines with an alternative</source>
        <translation>대안을 드린 거절</translation>
    </message>
    <message>
        <source>Alternatives accepted</source>
        <translation>수락된 대안</translation>
    </message>
    <message>
        <source>Overrides</source>
        <translation>예외 승인</translation>
    </message>
    <message>
        <source>Protected refusals</source>
        <translation>보호 거절</translation>
    </message>
    <message>
        <source>Promises kept on time</source>
        <translation>제때 지킨 약속</translation>
    </message>
    <message>
        <source>Counting</source>
        <translation>세는 중</translation>
    </message>
    <message>
        <source>{count} without</source>
        <translation>대안 없이 {count}건</translation>
    </message>
    <message>
        <source>Nothing matches. Take a filter away to see more.</source>
        <translation>맞는 것이 없어요. 필터를 줄여 보세요.</translation>
    </message>
    <message>
        <source>No rule has decided anything yet.</source>
        <translation>아직 쓰인 규칙이 없어요.</translation>
    </message>
    <message>
        <source>How the policies in force do</source>
        <translation>적용 중인 정책의 현황</translation>
    </message>
</context>
<context>
    <name>LabEditor</name>
    <message>
        <source>saving…</source>
        <translation>저장하는 중…</translation>
    </message>
    <message>
        <source>Sign in to change policies. What you typed is kept meanwhile.</source>
        <translation>정책을 바꾸려면 로그인해 주세요. 입력한 내용은 그대로 남아 있어요.</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>저장됨</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>저장되지 않음</translation>
    </message>
</context>
<context>
    <name>LabHistory</name>
    <message>
        <source>What was in force</source>
        <translation>적용 이력</translation>
    </message>
    <message>
        <source>Bring this back…</source>
        <translation>이 정책으로 되돌리기…</translation>
    </message>
    <message>
        <source>Put it in force again</source>
        <translation>다시 적용</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Nothing was put in force yet.</source>
        <translation>아직 적용한 정책이 없어요.</translation>
    </message>
    <message>
        <source>History</source>
        <translation>이력</translation>
    </message>
    <message>
        <source>The policies of {digest} take the place of those in force. Running calls keep theirs.</source>
        <translation>지금 정책 대신 {digest} 정책을 적용합니다. 진행 중인 통화는 그대로예요.</translation>
    </message>
</context>
<context>
    <name>LabList</name>
    <message>
        <source>Find a policy</source>
        <translation>정책 찾기</translation>
    </message>
    <message>
        <source>Drafts and policies</source>
        <translation>초안과 정책</translation>
    </message>
    <message>
        <source>Protected</source>
        <translation>보호</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>바뀜</translation>
    </message>
    <message>
        <source>New draft</source>
        <translation>새 초안</translation>
    </message>
    <message>
        <source>New policy</source>
        <translation>새 정책</translation>
    </message>
    <message>
        <source>New protected</source>
        <translation>새 보호 정책</translation>
    </message>
    <message>
        <source>Nothing matches. Try another word.</source>
        <translation>맞는 것이 없어요. 다른 말로 찾아보세요.</translation>
    </message>
    <message>
        <source>There are no policies yet. Begin a draft, then add one.</source>
        <translation>아직 정책이 없어요. 초안을 시작하고 추가해 주세요.</translation>
    </message>
</context>
<context>
    <name>LabListModel</name>
    <message>
        <source>not used yet</source>
        <translation>아직 쓰이지 않음</translation>
    </message>
    <message numerus="yes">
        <source>%n use(s)</source>
        <translation>
            <numerusform>%n회 사용</numerusform>
        </translation>
    </message>
    <message>
        <source>{rate} overridden</source>
        <translation>예외 승인 {rate}</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>초안</translation>
    </message>
</context>
<context>
    <name>LabPast</name>
    <message>
        <source>The policies of {day} are in force again.</source>
        <translation>{day}의 정책을 다시 적용했습니다.</translation>
    </message>
    <message>
        <source>Sign in to bring policies back.</source>
        <translation>정책을 되돌리려면 로그인해 주세요.</translation>
    </message>
    <message>
        <source>A second person signs this with their own login. {reasons}</source>
        <translation>다른 한 사람이 자신의 로그인으로 서명해 주세요. {reasons}</translation>
    </message>
</context>
<context>
    <name>LabSignIn</name>
    <message>
        <source>Login</source>
        <translation>아이디</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>비밀번호</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>로그인</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>No login yet? IT makes one: agentassist staff add</source>
        <translation>로그인이 없으면 IT 담당자에게 요청해 주세요: agentassist staff add</translation>
    </message>
</context>
<context>
    <name>LabSpeech</name>
    <message>
        <source>Read back</source>
        <translation>문장으로 읽기</translation>
    </message>
</context>
<context>
    <name>LabToml</name>
    <message>
        <source>Line {line}: {fault}</source>
        <translation>{line}행: {fault}</translation>
    </message>
</context>
<context>
    <name>LabTrial</name>
    <message>
        <source>Clear all</source>
        <translation>모두 지우기</translation>
    </message>
    <message>
        <source>Make this a test</source>
        <translation>테스트로 추가</translation>
    </message>
    <message>
        <source>This policy looks at no fact: it always says yes.</source>
        <translation>이 정책은 보는 사실이 없어서 언제나 가능이에요.</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>시험해 보기</translation>
    </message>
    <message>
        <source>As the agent sees it</source>
        <translation>상담원에게 보이는 모습</translation>
    </message>
    <message>
        <source>tried in the policy lab</source>
        <translation>정책 실험실에서 시험</translation>
    </message>
    <message>
        <source>Begin a draft first: a test changes the policy.</source>
        <translation>먼저 초안을 시작해 주세요. 테스트를 추가하면 정책이 바뀌어요.</translation>
    </message>
</context>
<context>
    <name>LabWhatIf</name>
    <message>
        <source>Replay</source>
        <translation>다시 판정</translation>
    </message>
    <message>
        <source>Would be different</source>
        <translation>달라지는 결정</translation>
    </message>
    <message>
        <source>Protected answers that flip</source>
        <translation>뒤집히는 보호 판정</translation>
    </message>
    <message>
        <source>Cost of what was agreed</source>
        <translation>합의한 것의 비용</translation>
    </message>
    <message>
        <source>Cost of what is offered</source>
        <translation>제안하는 것의 비용</translation>
    </message>
    <message>
        <source>Alternatives that would be gone</source>
        <translation>사라지는 대안</translation>
    </message>
    <message>
        <source>By policy</source>
        <translation>정책별</translation>
    </message>
    <message>
        <source>Replaying: {done} of {total} decisions</source>
        <translation>다시 판정하는 중: {done}/{total}건</translation>
    </message>
    <message>
        <source>What if “{draft}” had been in force?</source>
        <translation>“{draft}” 초안이 적용되어 있었다면?</translation>
    </message>
    <message>
        <source>What if?</source>
        <translation>적용되어 있었다면?</translation>
    </message>
    <message>
        <source>Choose a draft and mend its faults; then past decisions can be replayed.</source>
        <translation>초안을 고르고 오류를 고치면 지난 결정을 다시 판정할 수 있어요.</translation>
    </message>
    <message>
        <source>Past decisions are decided again with the draft. Nothing is written.</source>
        <translation>지난 결정을 초안으로 다시 판정해요. 아무것도 바꾸지 않아요.</translation>
    </message>
    <message>
        <source>There are no decisions in that time. Choose a longer one.</source>
        <translation>이 기간에는 결정이 없어요. 더 긴 기간을 골라 주세요.</translation>
    </message>
    <message>
        <source>{count} decisions replayed, {same} as before.</source>
        <translation>{count}건을 다시 판정했고, {same}건은 그대로예요.</translation>
    </message>
    <message>
        <source>{count} are of policies that are not there any more.</source>
        <translation>{count}건은 이제 없는 정책의 결정이에요.</translation>
    </message>
    <message>
        <source>may not be put in force</source>
        <translation>적용할 수 없음</translation>
    </message>
    <message>
        <source>none, as it must be</source>
        <translation>없음, 그래야 해요</translation>
    </message>
    <message>
        <source>the same</source>
        <translation>그대로</translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n회</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n decision(s)</source>
        <translation>
            <numerusform>결정 %n건</numerusform>
        </translation>
    </message>
    <message>
        <source>↓ decided then</source>
        <translation>↓ 당시 판정</translation>
    </message>
    <message>
        <source>with this draft →</source>
        <translation>이 초안의 판정 →</translation>
    </message>
    <message>
        <source>better for the customer</source>
        <translation>고객에게 나아짐</translation>
    </message>
    <message>
        <source>worse for the customer</source>
        <translation>고객에게 나빠짐</translation>
    </message>
    <message>
        <source>protected answer changes</source>
        <translation>보호 판정이 바뀜</translation>
    </message>
</context>
<context>
    <name>LabWindow</name>
    <message>
        <source>Policy lab</source>
        <translation>정책 실험실</translation>
    </message>
    <message>
        <source>Choose a policy on the left</source>
        <translation>왼쪽에서 정책을 골라 주세요</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>다시 실행</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>로그인</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>로그아웃</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>양식</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>빼기</translation>
    </message>
    <message>
        <source>Take this policy out of the draft</source>
        <translation>이 정책을 초안에서 빼기</translation>
    </message>
    <message>
        <source>Choose a policy to read it, try it, and see how it does.
Begin a draft to change something: nothing changes for agents until it is put in force.</source>
        <translation>정책을 고르면 읽고, 시험하고, 현황을 볼 수 있어요.
바꾸려면 초안을 시작해 주세요. 적용하기 전까지 상담원에게는 달라지는 것이 없어요.</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>정책</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>가정해 보기</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>사용 현황</translation>
    </message>
    <message>
        <source>History</source>
        <translation>이력</translation>
    </message>
</context>
<context>
    <name>LeftBox</name>
    <message>
        <source>a colleague</source>
        <translation>동료</translation>
    </message>
    <message>
        <source>Left by {name}, {time}</source>
        <translation>{name} 님이 남김, {time}</translation>
    </message>
    <message>
        <source>Lines: {count}</source>
        <translation>{count}건</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>이어받기</translation>
    </message>
</context>
<context>
    <name>LoopsController</name>
    <message>
        <source>Nobody is known for this. Find the customer with Ctrl+F.</source>
        <translation>누구인지 아직 몰라요. Ctrl+F로 고객을 찾으세요.</translation>
    </message>
    <message>
        <source>Finish the contact on screen first, then open this one.</source>
        <translation>화면의 상담을 먼저 마친 뒤에 여세요.</translation>
    </message>
    <message>
        <source>Nobody knows your name: set `agent` in the settings.</source>
        <translation>상담원 이름이 없어요. 설정의 `agent`에 이름을 적어 주세요.</translation>
    </message>
    <message>
        <source>It comes back in an hour.</source>
        <translation>1시간 뒤에 다시 나타나요.</translation>
    </message>
    <message>
        <source>whoever comes next</source>
        <translation>다음 근무자</translation>
    </message>
    <message>
        <source>Handed over to {name}.</source>
        <translation>{name}에게 넘겼어요.</translation>
    </message>
    <message>
        <source>It is yours now.</source>
        <translation>이제 내 담당이에요.</translation>
    </message>
    <message>
        <source>Continues by {channel}</source>
        <translation>{channel}(으)로 이어짐</translation>
    </message>
    <message>
        <source>The summary is copied, and stands on the timeline.</source>
        <translation>요약을 복사했고 타임라인에도 남겼어요.</translation>
    </message>
</context>
<context>
    <name>MergeHistory</name>
    <message>
        <source>What was merged and moved before</source>
        <translation>전에 합치거나 옮긴 것</translation>
    </message>
    <message>
        <source>{joined} joined {kept}</source>
        <translation>{joined} 기록을 {kept} 고객에 합침</translation>
    </message>
    <message>
        <source>Contacts moved to nobody</source>
        <translation>주인을 모르는 상담으로 옮김</translation>
    </message>
    <message>
        <source>Contacts moved</source>
        <translation>상담을 옮김</translation>
    </message>
    <message>
        <source>{name} is somebody else</source>
        <translation>{name} 고객은 다른 사람</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>되돌림</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>되돌리기</translation>
    </message>
</context>
<context>
    <name>MergePanel</name>
    <message>
        <source>Merge</source>
        <translation>합치기</translation>
    </message>
    <message>
        <source>Find the other record</source>
        <translation>다른 기록 찾기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Merge {name} with …</source>
        <translation>{name} 고객과 합칠 기록</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>Switch direction</source>
        <translation>방향 바꾸기</translation>
    </message>
    <message>
        <source>Not the same person</source>
        <translation>같은 사람이 아님</translation>
    </message>
    <message>
        <source>One person?</source>
        <translation>한 사람인가요?</translation>
    </message>
    <message>
        <source>Joins the history: {list}</source>
        <translation>이력에 더해짐: {list}</translation>
    </message>
    <message>
        <source>Is there already: {list}</source>
        <translation>이미 있음: {list}</translation>
    </message>
    <message>
        <source>On both: {list}</source>
        <translation>양쪽에 있음: {list}</translation>
    </message>
    <message>
        <source>Why they are one person all the same (needed)</source>
        <translation>그래도 같은 사람인 이유 (꼭 필요해요)</translation>
    </message>
    <message>
        <source>Reason (may stay empty)</source>
        <translation>이유 (비워 두어도 돼요)</translation>
    </message>
    <message>
        <source>found to be two people</source>
        <translation>다른 사람으로 확인됨</translation>
    </message>
    <message>
        <source>nothing in common</source>
        <translation>공통점 없음</translation>
    </message>
    <message>
        <source>Something speaks against it. Write why they are one person.</source>
        <translation>같은 사람이 아닐 근거가 있어요. 그래도 같은 사람인 이유를 적어 주세요.</translation>
    </message>
</context>
<context>
    <name>MovePanel</name>
    <message>
        <source>Move this conversation</source>
        <translation>이 대화 옮기기</translation>
    </message>
    <message>
        <source>Only this contact, not its whole conversation</source>
        <translation>대화 전체가 아니라 이 상담만</translation>
    </message>
    <message>
        <source>Whose is it?</source>
        <translation>누구의 대화인가요?</translation>
    </message>
    <message>
        <source>Not this customer, nobody known</source>
        <translation>이 고객이 아님, 주인을 모름</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>NeedList</name>
    <message>
        <source>Skip</source>
        <translation>건너뛰기</translation>
    </message>
    <message>
        <source>They would not say: show the alternatives</source>
        <translation>말씀하지 않으심: 대안 보기</translation>
    </message>
</context>
<context>
    <name>NeedsField</name>
    <message>
        <source>Needs, one word each</source>
        <translation>필요, 한 줄에 한 낱말</translation>
    </message>
    <message>
        <source>Needs, Korean</source>
        <translation>필요, 한국어</translation>
    </message>
</context>
<context>
    <name>NewPolicy</name>
    <message>
        <source>Sector</source>
        <translation>업종</translation>
    </message>
    <message>
        <source>Protects</source>
        <translation>보호 대상</translation>
    </message>
    <message>
        <source>Name in the files</source>
        <translation>파일 안의 이름</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>시작</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>A new protected policy</source>
        <translation>새 보호 정책</translation>
    </message>
    <message>
        <source>A new policy</source>
        <translation>새 정책</translation>
    </message>
    <message>
        <source>Write English words, such as late_breakfast.</source>
        <translation>late_breakfast처럼 영어 낱말로 적어 주세요.</translation>
    </message>
</context>
<context>
    <name>NotedMenu</name>
    <message>
        <source>&amp;Told me…</source>
        <translation>들은 이야기(&amp;T)…</translation>
    </message>
    <message>
        <source>What the customer told unasked</source>
        <translation>고객이 먼저 말씀하신 내용</translation>
    </message>
    <message>
        <source>Note what the customer told unasked (Ctrl+I)</source>
        <translation>고객이 먼저 말씀하신 내용 적기 (Ctrl+I)</translation>
    </message>
    <message>
        <source>In a hurry</source>
        <translation>바쁘심</translation>
    </message>
    <message>
        <source>Has time</source>
        <translation>여유 있으심</translation>
    </message>
    <message>
        <source>We make up for something</source>
        <translation>저희 실수를 만회하는 중</translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message>
        <source>Show the log</source>
        <translation>로그 보기</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Something in the program failed and was written to the log. You can go on working.</source>
        <translation>프로그램에 문제가 생겨 로그에 기록했습니다. 업무는 계속할 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>OfferList</name>
    <message>
        <source>The customer accepts this</source>
        <translation>고객이 이 제안을 수락</translation>
    </message>
</context>
<context>
    <name>OrderButtonField</name>
    <message>
        <source>Offered as a button on orders</source>
        <translation>주문에 단추로 표시</translation>
    </message>
    <message>
        <source>The button says</source>
        <translation>단추 이름</translation>
    </message>
    <message>
        <source>On orders for which all hold</source>
        <translation>다음을 모두 만족하는 주문에</translation>
    </message>
</context>
<context>
    <name>OutcomeController</name>
    <message>
        <source>Me</source>
        <translation>나</translation>
    </message>
    <message>
        <source>Lead</source>
        <translation>팀장</translation>
    </message>
    <message>
        <source>“{offer}” has just run out. This stands instead:</source>
        <translation>“{offer}”은(는) 방금 소진되었습니다. 대신 이렇게 도와드릴 수 있습니다.</translation>
    </message>
</context>
<context>
    <name>PatternsBox</name>
    <message>
        <source>Show the last time in the timeline</source>
        <translation>타임라인에서 마지막 기록 보기</translation>
    </message>
    <message>
        <source>Asks about “{topic}” about every {days} days</source>
        <translation>약 {days}일마다 문의해요: “{topic}”</translation>
    </message>
    <message>
        <source>{count} returned orders in {days} days</source>
        <translation>{days}일 동안 반품 {count}건</translation>
    </message>
    <message>
        <source>Orders every month around day {day}</source>
        <translation>매월 {day}일쯤 주문해요</translation>
    </message>
    <message>
        <source>Orders {what} every month around day {day}</source>
        <translation>매월 {day}일쯤 주문해요: {what}</translation>
    </message>
    <message>
        <source>Orders about every {days} days</source>
        <translation>약 {days}일마다 주문해요</translation>
    </message>
    <message>
        <source>Orders {what} about every {days} days</source>
        <translation>약 {days}일마다 주문해요: {what}</translation>
    </message>
    <message>
        <source>Turns to us on a {weekday}</source>
        <translation>{weekday}에 문의해요</translation>
    </message>
    <message>
        <source>Turns to us on a {weekday} ({channel})</source>
        <translation>{weekday}에 문의해요 ({channel})</translation>
    </message>
    <message>
        <source>seen {seen} times of {among}, last {day}</source>
        <translation>{among}번 중 {seen}번, 마지막 {day}</translation>
    </message>
    <message>
        <source>today fits</source>
        <translation>오늘이 그때예요</translation>
    </message>
</context>
<context>
    <name>PerhapsAlso</name>
    <message>
        <source>Perhaps also: {name} ({evidence})</source>
        <translation>혹시 같은 고객: {name} ({evidence})</translation>
    </message>
    <message>
        <source>Ctrl+M: look at both side by side</source>
        <translation>Ctrl+M: 나란히 보기</translation>
    </message>
    <message>
        <source>Perhaps also: {name}</source>
        <translation>혹시 같은 고객: {name}</translation>
    </message>
</context>
<context>
    <name>PersonPicker</name>
    <message>
        <source>Nobody found. Try another spelling.</source>
        <translation>찾지 못했어요. 다르게 적어 보세요.</translation>
    </message>
</context>
<context>
    <name>PinStrip</name>
    <message>
        <source>Pinned</source>
        <translation>고정됨</translation>
    </message>
    <message>
        <source>{count} more</source>
        <translation>{count}개 더</translation>
    </message>
    <message>
        <source>Pinned by {who}, {when}</source>
        <translation>{who} 님이 {when} 고정함</translation>
    </message>
</context>
<context>
    <name>PointsBox</name>
    <message>
        <source>{count} more</source>
        <translation>{count}개 더</translation>
    </message>
    <message>
        <source>Show all ways to reach the customer</source>
        <translation>고객 연락처 모두 보기</translation>
    </message>
    <message>
        <source>maybe</source>
        <translation>추정</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>공용</translation>
    </message>
</context>
<context>
    <name>PolicyPrompt</name>
    <message>
        <source>About “{title}”?</source>
        <translation>‘{title}’ 문의인가요?</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Hide this prompt</source>
        <translation>이 안내 숨기기</translation>
    </message>
</context>
<context>
    <name>PreCallBar</name>
    <message>
        <source>Before the call</source>
        <translation>통화 전</translation>
    </message>
    <message>
        <source>Show the talk</source>
        <translation>대화 보기</translation>
    </message>
    <message>
        <source>Told the bot:</source>
        <translation>챗봇에 말한 내용:</translation>
    </message>
    <message>
        <source>Told the menu:</source>
        <translation>안내 메뉴에 말한 내용:</translation>
    </message>
    <message>
        <source>tried: {steps}</source>
        <translation>이미 해 본 것: {steps}</translation>
    </message>
    <message>
        <source>see the talk</source>
        <translation>대화를 확인하세요</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>고객</translation>
    </message>
    <message>
        <source>Bot</source>
        <translation>챗봇</translation>
    </message>
    <message>
        <source>Hide the talk</source>
        <translation>대화 숨기기</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>Progress</source>
        <translation>진행</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>PromptFoot</name>
    <message>
        <source>Why?</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>&amp;Understood</source>
        <translation>확인(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>완료(&amp;D)</translation>
    </message>
    <message>
        <source>Get it signed: {who}</source>
        <translation>승인 요청: {who}</translation>
    </message>
    <message>
        <source>Say yes anyway…</source>
        <translation>예외로 승인…</translation>
    </message>
    <message>
        <source>With a reason, and signed where it has to be</source>
        <translation>이유를 적고 필요하면 승인을 받음</translation>
    </message>
    <message>
        <source>Two of us sign…</source>
        <translation>두 사람이 승인…</translation>
    </message>
    <message>
        <source>The one way round that this policy allows</source>
        <translation>이 정책이 허용하는 유일한 예외</translation>
    </message>
    <message>
        <source>Customer declines</source>
        <translation>고객이 거절</translation>
    </message>
    <message>
        <source>Too late for me</source>
        <translation>너무 늦음</translation>
    </message>
    <message>
        <source>Costs too much</source>
        <translation>비용이 너무 큼</translation>
    </message>
    <message>
        <source>I want only what I asked for</source>
        <translation>요청한 것만 원함</translation>
    </message>
    <message>
        <source>I will think about it</source>
        <translation>생각해 보겠음</translation>
    </message>
    <message>
        <source>Another reason</source>
        <translation>다른 이유</translation>
    </message>
    <message>
        <source>Let me find out…</source>
        <translation>알아봐 드리기…</translation>
    </message>
    <message>
        <source>Promise an answer, by whom and until when</source>
        <translation>누가 언제까지 알아볼지 약속하기</translation>
    </message>
</context>
<context>
    <name>PromptView</name>
    <message numerus="yes">
        <source>%n condition(s)</source>
        <translation>
            <numerusform>조건 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Hide this prompt</source>
        <translation>이 안내 숨기기</translation>
    </message>
    <message>
        <source>Proof that is missing</source>
        <translation>필요한 확인</translation>
    </message>
    <message>
        <source>Pressing:</source>
        <translation>압박 표현:</translation>
    </message>
    <message>
        <source>Stay kind and firm.</source>
        <translation>친절하고 단호하게 안내하세요.</translation>
    </message>
    <message>
        <source>{proof}: not known</source>
        <translation>{proof}: 확인되지 않음</translation>
    </message>
    <message>
        <source>{proof}: too old ({source})</source>
        <translation>{proof}: 오래됨 ({source})</translation>
    </message>
    <message>
        <source>{proof}: {value} ({source})</source>
        <translation>{proof}: {value} ({source})</translation>
    </message>
</context>
<context>
    <name>PurchasesBox</name>
    <message>
        <source>More purchases</source>
        <translation>구매 더 보기</translation>
    </message>
    <message>
        <source>Last purchases</source>
        <translation>최근 구매</translation>
    </message>
    <message>
        <source>arrived {day}</source>
        <translation>{day} 도착</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>가능한 일</translation>
    </message>
    <message>
        <source>Actions for {number}</source>
        <translation>{number}에 가능한 일</translation>
    </message>
    <message>
        <source>Copy number</source>
        <translation>번호 복사</translation>
    </message>
    <message>
        <source>Copy {number}</source>
        <translation>{number} 복사</translation>
    </message>
    <message>
        <source>{action} · until {day}</source>
        <translation>{action} · {day}까지</translation>
    </message>
    <message>
        <source>Nothing we know speaks against it</source>
        <translation>알고 있는 바로는 문제없어요</translation>
    </message>
    <message>
        <source>There is a question to ask first</source>
        <translation>먼저 여쭤볼 것이 있어요</translation>
    </message>
    <message>
        <source>Not this, but there is another way</source>
        <translation>이건 어렵지만 다른 방법이 있어요</translation>
    </message>
</context>
<context>
    <name>QueueFilters</name>
    <message>
        <source>Mine</source>
        <translation>내 담당</translation>
    </message>
    <message>
        <source>Late</source>
        <translation>지연</translation>
    </message>
    <message>
        <source>Show only {channel}</source>
        <translation>{channel}만 보기</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Open loops</source>
        <translation>미해결 목록</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>멈추기</translation>
    </message>
    <message>
        <source>Reading the history: {done} of {total} customers</source>
        <translation>이력을 읽는 중: 고객 {total}명 중 {done}명</translation>
    </message>
    <message>
        <source>Reading the history was stopped. Older loops are missing.</source>
        <translation>이력 읽기를 멈췄어요. 오래된 미해결 건이 빠져 있어요.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Done: {name}</source>
        <translation>처리 완료: {name}</translation>
    </message>
    <message>
        <source>Open loops · {count}</source>
        <translation>미해결 · {count}</translation>
    </message>
    <message>
        <source>J and K move · Enter opens · A mine · D done · S in an hour · C continue by…</source>
        <translation>J, K 이동 · Enter 열기 · A 내 담당 · D 처리 완료 · S 1시간 뒤 · C 다른 채널로 계속…</translation>
    </message>
    <message>
        <source>Nothing matches. Clear the filter to see all.</source>
        <translation>맞는 건이 없어요. 필터를 지우면 모두 볼 수 있어요.</translation>
    </message>
    <message>
        <source>Nothing is open. Every message has its answer, every promise is kept,
and every complaint was confirmed as solved.</source>
        <translation>미해결 건이 없어요. 모든 문의에 답했고, 모든 약속을 지켰으며,
모든 불만이 해결된 것으로 고객이 확인했어요.</translation>
    </message>
    <message>
        <source>Hand over…</source>
        <translation>넘기기…</translation>
    </message>
    <message>
        <source>Back to the desk</source>
        <translation>데스크로 돌아가기</translation>
    </message>
</context>
<context>
    <name>QueueView</name>
    <message>
        <source>Open loops</source>
        <translation>미해결 목록</translation>
    </message>
</context>
<context>
    <name>RefusalHint</name>
    <message>
        <source>Pick the request</source>
        <translation>요청 고르기</translation>
    </message>
    <message>
        <source>Let me find out</source>
        <translation>알아봐 드리기</translation>
    </message>
    <message>
        <source>Leave it so</source>
        <translation>그대로 두기</translation>
    </message>
    <message>
        <source>“{words}” need not be the end. Offer what stands above first.</source>
        <translation>“{words}”로 끝내지 않아도 됩니다. 위에 있는 대안을 먼저 제안해 보세요.</translation>
    </message>
    <message>
        <source>“{words}” need not be the end. What do they ask for?</source>
        <translation>“{words}”로 끝내지 않아도 됩니다. 고객이 무엇을 요청하셨나요?</translation>
    </message>
    <message>
        <source>“{words}” need not be the end. Promise to find out more.</source>
        <translation>“{words}”로 끝내지 않아도 됩니다. 더 알아봐 드리겠다고 약속해 보세요.</translation>
    </message>
</context>
<context>
    <name>ReviewBar</name>
    <message>
        <source>Name of the draft</source>
        <translation>초안 이름</translation>
    </message>
    <message>
        <source>What if…</source>
        <translation>가정해 보기…</translation>
    </message>
    <message>
        <source>Send for review</source>
        <translation>검토 요청</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>승인</translation>
    </message>
    <message>
        <source>Send back</source>
        <translation>돌려보내기</translation>
    </message>
    <message>
        <source>Put in force</source>
        <translation>적용</translation>
    </message>
    <message>
        <source>Take over what is in force</source>
        <translation>적용 중인 내용 반영</translation>
    </message>
    <message>
        <source>Close the draft</source>
        <translation>초안 닫기</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>Note to the author</source>
        <translation>작성자에게 남길 말</translation>
    </message>
    <message>
        <source>Checking past decisions: {done} of {total}</source>
        <translation>지난 결정을 확인하는 중: {done}/{total}건</translation>
    </message>
    <message numerus="yes">
        <source>%n fault(s)</source>
        <translation>
            <numerusform>오류 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>변경 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Somebody else must look at it.</source>
        <translation>다른 사람이 검토해야 해요.</translation>
    </message>
    <message>
        <source>Meanwhile something else was put in force: {files}</source>
        <translation>그사이 다른 내용이 적용되었습니다: {files}</translation>
    </message>
    <message>
        <source>Two people look at this:</source>
        <translation>두 사람이 확인해야 합니다:</translation>
    </message>
    <message>
        <source>What it changes is told once its faults are mended.</source>
        <translation>오류를 고치면 무엇이 바뀌는지 알려 드립니다.</translation>
    </message>
    <message>
        <source>No second person is needed for this change.</source>
        <translation>이 변경에는 다른 사람의 확인이 필요 없어요.</translation>
    </message>
    <message>
        <source>Nothing was changed yet.</source>
        <translation>아직 바뀐 것이 없어요.</translation>
    </message>
    <message>
        <source>{name} {outcome}</source>
        <translation>{name}: {outcome}</translation>
    </message>
    <message>
        <source>Say what to change, then send it back</source>
        <translation>무엇을 고칠지 적고 돌려보내 주세요</translation>
    </message>
</context>
<context>
    <name>SayBox</name>
    <message>
        <source>How the customer sounds</source>
        <translation>고객의 말투</translation>
    </message>
    <message>
        <source>Say: {sentence}</source>
        <translation>말하기: {sentence}</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>짧게</translation>
    </message>
    <message>
        <source>At most 140 characters</source>
        <translation>140자 이내</translation>
    </message>
    <message>
        <source>Copy the sentence</source>
        <translation>문장 복사</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Name, number, e-mail, order…</source>
        <translation>이름, 번호, 이메일, 주문…</translation>
    </message>
</context>
<context>
    <name>SearchLine</name>
    <message>
        <source>Stop</source>
        <translation>멈추기</translation>
    </message>
    <message>
        <source>Stopped at {day}</source>
        <translation>{day}에서 멈췄어요</translation>
    </message>
    <message>
        <source>Searched back to {day}</source>
        <translation>{day}까지 찾아봤어요</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
</context>
<context>
    <name>SearchStarter</name>
    <message>
        <source>keywords only, the model is being prepared</source>
        <translation>키워드 검색만, 언어 모델 준비 중</translation>
    </message>
    <message>
        <source>keywords only, the model is loading</source>
        <translation>키워드 검색만, 언어 모델 불러오는 중</translation>
    </message>
    <message>
        <source>search is ready</source>
        <translation>검색 준비 완료</translation>
    </message>
    <message>
        <source>keywords only, preparing the model: step {step} of {of}</source>
        <translation>키워드 검색만, 언어 모델 준비 중: {step}/{of}단계</translation>
    </message>
    <message>
        <source>reading articles: {done} of {total}</source>
        <translation>문서 읽는 중: {done}/{total}</translation>
    </message>
</context>
<context>
    <name>Sections</name>
    <message>
        <source>What they are after</source>
        <translation>고객이 원하는 것</translation>
    </message>
    <message>
        <source>The needs behind the request. Every alternative must meet one of them.</source>
        <translation>요청 뒤에 있는 필요예요. 모든 대안은 그중 하나를 채워야 해요.</translation>
    </message>
    <message>
        <source>We say yes, unless …</source>
        <translation>가능, 다음 경우만 예외</translation>
    </message>
    <message>
        <source>What is not listed here is a yes. Each ground brings its alternatives.</source>
        <translation>여기에 없으면 가능입니다. 거절 사유마다 대안이 있어야 해요.</translation>
    </message>
    <message>
        <source>The yes</source>
        <translation>가능 안내</translation>
    </message>
    <message>
        <source>Yes, if …</source>
        <translation>조건부 가능</translation>
    </message>
    <message>
        <source>Still a yes, with something to do first.</source>
        <translation>먼저 할 일이 있지만 여전히 가능입니다.</translation>
    </message>
    <message>
        <source>A clear, kind no</source>
        <translation>분명하고 친절한 거절</translation>
    </message>
    <message>
        <source>The answer, unless every fact of a proof below is known to be true.</source>
        <translation>아래 증명의 모든 사실이 확인되지 않으면 드리는 답이에요.</translation>
    </message>
    <message>
        <source>The no</source>
        <translation>거절 안내</translation>
    </message>
    <message>
        <source>The safe path</source>
        <translation>안전한 길</translation>
    </message>
    <message>
        <source>What the customer can do at once. At least one.</source>
        <translation>고객이 바로 할 수 있는 일이에요. 하나 이상 적어 주세요.</translation>
    </message>
    <message>
        <source>Proof that opens it</source>
        <translation>허용하는 증명</translation>
    </message>
    <message>
        <source>Without a proof the answer is always no.</source>
        <translation>증명이 없으면 언제나 거절이에요.</translation>
    </message>
    <message>
        <source>The request</source>
        <translation>요청</translation>
    </message>
    <message>
        <source>Sector</source>
        <translation>업종</translation>
    </message>
    <message>
        <source>Who keeps it true</source>
        <translation>관리 담당</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>제목</translation>
    </message>
    <message>
        <source>Protects</source>
        <translation>보호 대상</translation>
    </message>
    <message>
        <source>What customers say</source>
        <translation>고객의 말</translation>
    </message>
    <message>
        <source>In their own words, one a line: five or more, and three that sound alike.</source>
        <translation>고객이 쓰는 말 그대로 한 줄에 하나씩: 예문 다섯 개 이상, 비슷하지만 다른 말 세 개 이상.</translation>
    </message>
    <message>
        <source>Means this</source>
        <translation>이 요청</translation>
    </message>
    <message>
        <source>Sounds alike, means something else</source>
        <translation>비슷하지만 다른 요청</translation>
    </message>
    <message>
        <source>A question that finds out which</source>
        <translation>무엇을 원하는지 묻는 질문</translation>
    </message>
    <message>
        <source>Tests</source>
        <translation>테스트</translation>
    </message>
    <message>
        <source>Every rule needs a case. The panel on the right makes one of what you try.</source>
        <translation>규칙마다 사례가 필요해요. 오른쪽에서 시험한 것을 바로 추가할 수 있어요.</translation>
    </message>
    <message>
        <source>Words that raise the shield</source>
        <translation>보호를 부르는 말</translation>
    </message>
    <message>
        <source>An act word near an object word brings up the banner.</source>
        <translation>행동 낱말과 대상 낱말이 가까이 있으면 보호 안내가 나타나요.</translation>
    </message>
    <message>
        <source>Act words</source>
        <translation>행동 낱말</translation>
    </message>
    <message>
        <source>Object words</source>
        <translation>대상 낱말</translation>
    </message>
    <message>
        <source>More</source>
        <translation>더 보기</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Two people sign</source>
        <translation>두 사람 서명</translation>
    </message>
    <message>
        <source>Stands guard over</source>
        <translation>지키는 것</translation>
    </message>
    <message>
        <source>Exception</source>
        <translation>예외</translation>
    </message>
    <message>
        <source>Nothing of it</source>
        <translation>해당 없음</translation>
    </message>
    <message>
        <source>Only for a verified account holder</source>
        <translation>본인 확인된 명의자만</translation>
    </message>
    <message>
        <source>Changes sensitive data</source>
        <translation>바꾸는 민감 정보</translation>
    </message>
    <message>
        <source>Asks authority for</source>
        <translation>필요한 권한</translation>
    </message>
    <message>
        <source>Up to the amount</source>
        <translation>금액</translation>
    </message>
    <message>
        <source>Only speaks when all of these hold</source>
        <translation>다음을 모두 만족할 때만 적용</translation>
    </message>
    <message>
        <source>Speaks instead of these policies</source>
        <translation>이 정책들 대신 적용</translation>
    </message>
    <message>
        <source>Answers the request type</source>
        <translation>답하는 요청 종류</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>시작일</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>종료일</translation>
    </message>
</context>
<context>
    <name>SignPanel</name>
    <message>
        <source>Why? In one sentence</source>
        <translation>이유를 한 문장으로</translation>
    </message>
    <message>
        <source>What it costs us, such as 40.00 (empty: nothing)</source>
        <translation>드는 비용, 예: 40.00 (없으면 비워 두기)</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Two people sign this together</source>
        <translation>두 사람이 함께 승인합니다</translation>
    </message>
    <message>
        <source>More than anybody may sign now</source>
        <translation>지금은 누구도 승인할 수 없는 금액입니다</translation>
    </message>
    <message>
        <source>Above your limit: {who}</source>
        <translation>내 한도 초과: {who}</translation>
    </message>
    <message>
        <source>Say yes anyway</source>
        <translation>그래도 가능하다고 안내하기</translation>
    </message>
    <message>
        <source>Both are a lead or a supervisor, sign with their own login, and neither is you.</source>
        <translation>두 분 모두 책임자나 관리자여야 하고 각자 자기 아이디로 승인합니다. 본인은 승인할 수 없습니다.</translation>
    </message>
    <message>
        <source>Agree on a smaller amount, or promise to find out.</source>
        <translation>더 적은 금액으로 합의하거나, 알아보고 연락드리겠다고 약속하세요.</translation>
    </message>
    <message>
        <source>{amount} is signed here, with their own login.</source>
        <translation>{amount}입니다. 자기 아이디로 여기에서 승인합니다.</translation>
    </message>
    <message>
        <source>The reason is kept with your name, and supervisors see it.</source>
        <translation>이유는 내 이름과 함께 남고 관리자가 봅니다.</translation>
    </message>
    <message>
        <source>Above your limit a lead adds login and password.</source>
        <translation>내 한도를 넘으면 책임자이 아이디와 비밀번호를 입력합니다.</translation>
    </message>
    <message>
        <source>Sign</source>
        <translation>승인</translation>
    </message>
    <message>
        <source>Say yes</source>
        <translation>가능하다고 안내</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>아이디</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>비밀번호</translation>
    </message>
</context>
<context>
    <name>SuggestionCard</name>
    <message>
        <source>Strong</source>
        <translation>확실</translation>
    </message>
    <message>
        <source>Possible</source>
        <translation>가능성 있음</translation>
    </message>
    <message>
        <source>Internal: do not paste</source>
        <translation>내부용: 붙여넣기 금지</translation>
    </message>
    <message>
        <source>Words: {words}</source>
        <translation>일치 단어: {words}</translation>
    </message>
    <message>
        <source>Close to “{question}”</source>
        <translation>비슷한 질문: ‘{question}’</translation>
    </message>
    <message numerus="yes">
        <source>Solved %n contact(s) like this, last on {day}</source>
        <translation>
            <numerusform>비슷한 문의 %n건을 해결함, 마지막은 {day}</numerusform>
        </translation>
    </message>
    <message>
        <source>Close in meaning</source>
        <translation>의미가 비슷함</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>답변 복사</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>스페이스</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>Not relevant</source>
        <translation>관련 없음</translation>
    </message>
    <message>
        <source>Flag</source>
        <translation>수정 요청</translation>
    </message>
</context>
<context>
    <name>SuggestionsPanel</name>
    <message>
        <source>keywords only</source>
        <translation>키워드 검색만</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>지식</translation>
    </message>
    <message>
        <source>Nothing in the knowledge base fits this.</source>
        <translation>지식 베이스에 맞는 내용이 없어요.</translation>
    </message>
    <message>
        <source>Answer copied</source>
        <translation>답변을 복사했어요</translation>
    </message>
    <message>
        <source>Linked to this contact</source>
        <translation>이번 상담에 연결했어요</translation>
    </message>
    <message>
        <source>Flagged for its owner</source>
        <translation>담당자에게 수정을 요청했어요</translation>
    </message>
    <message>
        <source>Removed for this contact</source>
        <translation>이번 상담에서 제외했어요</translation>
    </message>
    <message>
        <source>Nothing else in the knowledge base fits this.</source>
        <translation>지식 베이스에 더 맞는 내용이 없어요.</translation>
    </message>
    <message>
        <source>Noted. The knowledge team sees this question.</source>
        <translation>기록했어요. 지식 담당 팀이 이 질문을 확인해요.</translation>
    </message>
    <message>
        <source>Answers appear here while the customer speaks.</source>
        <translation>고객이 말하는 동안 답변이 여기에 나타나요.</translation>
    </message>
    <message>
        <source>Report the &amp;gap</source>
        <translation>없는 지식 알리기(&amp;G)</translation>
    </message>
    <message>
        <source>Search the knowledge base</source>
        <translation>지식 베이스 검색</translation>
    </message>
</context>
<context>
    <name>SurpriseController</name>
    <message>
        <source>Noted: you do this. Thank you.</source>
        <translation>기록했습니다. 감사합니다.</translation>
    </message>
</context>
<context>
    <name>SurpriseLine</name>
    <message>
        <source>A small surprise?</source>
        <translation>작은 감동을 드려 볼까요?</translation>
    </message>
    <message>
        <source>I do this</source>
        <translation>이렇게 하겠습니다</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>지금은 안 함</translation>
    </message>
    <message>
        <source>(costs us {amount})</source>
        <translation>(비용 {amount})</translation>
    </message>
    <message>
        <source>A small surprise: {hint}</source>
        <translation>작은 감동: {hint}</translation>
    </message>
</context>
<context>
    <name>TimelineController</name>
    <message>
        <source>Unpinned</source>
        <translation>고정을 해제했어요</translation>
    </message>
    <message>
        <source>Note added</source>
        <translation>메모를 추가했어요</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>약속</translation>
    </message>
    <message>
        <source>Choose a card on the right and press L to link it.</source>
        <translation>오른쪽에서 카드를 고르고 L을 누르면 연결돼요.</translation>
    </message>
</context>
<context>
    <name>TimelineHead</name>
    <message>
        <source>Timeline</source>
        <translation>타임라인</translation>
    </message>
    <message>
        <source>Timeline · {found} of {total}</source>
        <translation>타임라인 · {total}건 중 {found}건</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>필터</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>모두 보기</translation>
    </message>
    <message>
        <source>More filters</source>
        <translation>필터 더 보기</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>이력 검색</translation>
    </message>
</context>
<context>
    <name>TimelineModel</name>
    <message>
        <source>Date unknown</source>
        <translation>날짜 모름</translation>
    </message>
</context>
<context>
    <name>TimelinePanel</name>
    <message>
        <source>Nothing matches. Clear the filter to see all.</source>
        <translation>맞는 이력이 없어요. 필터를 지우면 모두 볼 수 있어요.</translation>
    </message>
    <message>
        <source>No contact with this customer so far.</source>
        <translation>이 고객과의 이력이 아직 없어요.</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>고정됨</translation>
    </message>
    <message>
        <source>Add why</source>
        <translation>이유 적기</translation>
    </message>
    <message>
        <source>The history of the caller appears here.</source>
        <translation>고객의 이력이 여기에 나타나요.</translation>
    </message>
    <message>
        <source>Nothing found yet.</source>
        <translation>아직 찾지 못했어요.</translation>
    </message>
    <message>
        <source>What this answers is not in sight. Scroll back, or show its case.</source>
        <translation>이 글이 답한 글은 지금 목록에 없어요. 더 거슬러 올라가거나 이 건만 보세요.</translation>
    </message>
</context>
<context>
    <name>TimelineView</name>
    <message>
        <source>Timeline</source>
        <translation>타임라인</translation>
    </message>
</context>
<context>
    <name>Times</name>
    <message>
        <source>at once</source>
        <translation>즉시</translation>
    </message>
    <message numerus="yes">
        <source>within %n hour(s)</source>
        <translation>
            <numerusform>%n시간 이내</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>within %n day(s)</source>
        <translation>
            <numerusform>%n일 이내</numerusform>
        </translation>
    </message>
    <message>
        <source>just now</source>
        <translation>방금</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n분 전</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n시간 전</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n일 전</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Undo</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Ctrl+B</source>
        <translation>Ctrl+B</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>TomlEdit</name>
    <message>
        <source>Text of the policy file</source>
        <translation>정책 파일의 내용</translation>
    </message>
</context>
<context>
    <name>UndoLine</name>
    <message>
        <source>Undo</source>
        <translation>되돌리기</translation>
    </message>
</context>
<context>
    <name>VisitsBox</name>
    <message>
        <source>Before this contact</source>
        <translation>문의 전에 본 것</translation>
    </message>
    <message>
        <source>Open the article</source>
        <translation>문서 열기</translation>
    </message>
    <message>
        <source>Show it in the timeline</source>
        <translation>타임라인에서 보기</translation>
    </message>
    <message>
        <source>Searched: “{words}”</source>
        <translation>검색: “{words}”</translation>
    </message>
    <message>
        <source>Already read: {title}</source>
        <translation>이미 읽음: {title}</translation>
    </message>
    <message>
        <source>{count}×</source>
        <translation>{count}회</translation>
    </message>
</context>
<context>
    <name>WhyBox</name>
    <message>
        <source>Why</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>It would be a yes with</source>
        <translation>이렇게 되면 가능</translation>
    </message>
    <message>
        <source>Nothing that can be found out in this contact.</source>
        <translation>이번 상담에서 바꿀 수 있는 조건이 없습니다.</translation>
    </message>
    <message>
        <source>Heard: {evidence}</source>
        <translation>들은 말: {evidence}</translation>
    </message>
    <message>
        <source>Because</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>In this order because</source>
        <translation>이 순서인 까닭</translation>
    </message>
    <message>
        <source>Policy {policy}, version {version}, bundle {bundle}</source>
        <translation>정책 {policy}, 버전 {version}, 묶음 {bundle}</translation>
    </message>
    <message>
        <source>Looked at</source>
        <translation>확인한 조건</translation>
    </message>
    <message numerus="yes">
        <source>%n more condition(s)</source>
        <translation>
            <numerusform>조건 %n개 더 보기</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WrapUpPanel</name>
    <message>
        <source>Notes</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>&amp;Save and finish</source>
        <translation>저장하고 마치기(&amp;S)</translation>
    </message>
    <message>
        <source>How it ended</source>
        <translation>처리 결과</translation>
    </message>
    <message>
        <source>Nobody leaves with a bare no. What can you offer instead?</source>
        <translation>대안 없이 거절로 끝내지 않습니다. 대신 무엇을 제안할 수 있을까요?</translation>
    </message>
    <message>
        <source>Back to the alternatives</source>
        <translation>대안으로 돌아가기</translation>
    </message>
    <message>
        <source>Pick the request</source>
        <translation>요청 고르기</translation>
    </message>
    <message>
        <source>Let me find out</source>
        <translation>알아봐 드리기</translation>
    </message>
    <message>
        <source>&amp;Add a promise</source>
        <translation>약속 추가(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>돌아가기(&amp;B)</translation>
    </message>
    <message>
        <source>How it &amp;ended</source>
        <translation>처리 결과(&amp;E)</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>요약</translation>
    </message>
    <message>
        <source>Promises</source>
        <translation>약속</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>후처리</translation>
    </message>
</context>
<context>
    <name>_Line</name>
    <message>
        <source>Source</source>
        <translation>출처</translation>
    </message>
</context>
<context>
    <name>_Promise</name>
    <message>
        <source>Keep this promise</source>
        <translation>이 약속 남기기</translation>
    </message>
    <message>
        <source>What is promised</source>
        <translation>약속 내용</translation>
    </message>
    <message>
        <source>Who keeps it</source>
        <translation>약속 담당자</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>담당</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>기한</translation>
    </message>
</context>
<context>
    <name>cases</name>
    <message>
        <source>Case</source>
        <translation>건</translation>
    </message>
    <message>
        <source>{days} days</source>
        <translation>{days}일간</translation>
    </message>
</context>
<context>
    <name>errors</name>
    <message>
        <source>&quot;{example}&quot; is an example of {other} too: keep it in one of them.</source>
        <translation>&quot;{example}&quot; 예문이 {other}에도 있습니다. 한 곳에만 남겨 주세요.</translation>
    </message>
    <message>
        <source>&quot;{example}&quot; is nearer to {other} (&quot;{twin}&quot;) than to its own examples: reword it, or move it there.</source>
        <translation>&quot;{example}&quot; 문장은 자기 예문보다 {other}의 예문(&quot;{twin}&quot;)에 더 가깝습니다. 표현을 바꾸거나 그쪽으로 옮겨 주세요.</translation>
    </message>
    <message>
        <source>&quot;{given}&quot; is not known here: use one of {known}.</source>
        <translation>여기에는 &quot;{given}&quot; 값을 쓸 수 없습니다. 다음 중 하나를 쓰세요: {known}.</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; can never be reached: its conditions exclude each other.</source>
        <translation>&quot;{name}&quot; 항목에는 절대 도달할 수 없습니다. 조건이 서로 모순됩니다.</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; comes within {hours} hours: write 0 to {longest} (a week).</source>
        <translation>&quot;{name}&quot;의 기한이 {hours}시간입니다. 0~{longest}(일주일) 사이로 적어 주세요.</translation>
    </message>
    <message>
        <source>&quot;{name}&quot; is used twice in this policy: rename one.</source>
        <translation>이 정책에서 &quot;{name}&quot; 이름을 두 번 썼습니다. 하나를 바꿔 주세요.</translation>
    </message>
    <message>
        <source>&quot;{need}&quot; is none of the needs ({needs}): correct it, or add it there.</source>
        <translation>&quot;{need}&quot;은(는) 필요 목록({needs})에 없습니다. 고치거나 목록에 추가해 주세요.</translation>
    </message>
    <message>
        <source>&quot;{offer}&quot; offers nothing: name what the customer gets.</source>
        <translation>&quot;{offer}&quot;에는 제안하는 것이 없습니다. 고객이 무엇을 받는지 적어 주세요.</translation>
    </message>
    <message>
        <source>&quot;{policy}&quot; never speaks: its scope is empty, or always overridden.</source>
        <translation>&quot;{policy}&quot; 정책은 적용될 때가 없습니다. 적용 범위가 비어 있거나 항상 다른 정책이 우선합니다.</translation>
    </message>
    <message>
        <source>&quot;{text}&quot; can never be true: write the smaller value first.</source>
        <translation>&quot;{text}&quot; 조건은 참이 될 수 없습니다. 작은 값을 먼저 적어 주세요.</translation>
    </message>
    <message>
        <source>&quot;{text}&quot; is no amount: write it as 1234.50.</source>
        <translation>금액이 아닙니다: &quot;{text}&quot;. 1234.50처럼 적어 주세요.</translation>
    </message>
    <message>
        <source>&quot;{text}&quot; is no day: write it as 2026-11-23.</source>
        <translation>&quot;{text}&quot;은(는) 날짜가 아닙니다. 2026-11-23처럼 쓰세요.</translation>
    </message>
    <message>
        <source>&quot;{text}&quot; is no e-mail address: write name@company.com.</source>
        <translation>이메일 주소가 아닙니다: &quot;{text}&quot;. name@company.com처럼 적어 주세요.</translation>
    </message>
    <message>
        <source>&quot;{text}&quot; is no handle: write a name such as @mia.</source>
        <translation>소셜 계정이 아닙니다: &quot;{text}&quot;. @mia처럼 적어 주세요.</translation>
    </message>
    <message>
        <source>&quot;{text}&quot; is no kind of record: use {known}.</source>
        <translation>&quot;{text}&quot; 종류의 기록은 없습니다. 다음 중에서 쓰세요: {known}.</translation>
    </message>
    <message>
        <source>&quot;{text}&quot; is no number of pieces.</source>
        <translation>수량이 아닙니다: &quot;{text}&quot;. 정수로 적어 주세요.</translation>
    </message>
    <message>
        <source>&quot;{text}&quot; is no number: write it as on the card.</source>
        <translation>&quot;{text}&quot;은(는) 번호가 아닙니다. 신분증에 적힌 대로 쓰세요.</translation>
    </message>
    <message>
        <source>&quot;{text}&quot; is no number: write it as on the invoice.</source>
        <translation>번호가 아닙니다: &quot;{text}&quot;. 청구서에 적힌 대로 적어 주세요.</translation>
    </message>
    <message>
        <source>&quot;{text}&quot; is no phone number: write it with its area code.</source>
        <translation>전화번호가 아닙니다: &quot;{text}&quot;. 지역 번호까지 적어 주세요.</translation>
    </message>
    <message>
        <source>&quot;{text}&quot; is no time.</source>
        <translation>&quot;{text}&quot;은(는) 시각이 아닙니다.</translation>
    </message>
    <message>
        <source>&quot;{text}&quot; is no time: write it as 2026-11-23 14:05.</source>
        <translation>시각이 아닙니다: &quot;{text}&quot;. 2026-11-23 14:05처럼 적어 주세요.</translation>
    </message>
    <message>
        <source>&quot;{words}&quot; closes the door: say what we can do instead.</source>
        <translation>&quot;{words}&quot; 표현은 대화를 닫습니다. 대신 무엇을 해 드릴 수 있는지 적어 주세요.</translation>
    </message>
    <message>
        <source>&quot;{wow}&quot; can never be reached: its conditions exclude each other.</source>
        <translation>&quot;{wow}&quot; 항목은 조건이 서로 어긋나 제안될 수 없습니다.</translation>
    </message>
    <message>
        <source>&quot;{wow}&quot; costs {cost}, more than anybody may spend on surprises ({highest}).</source>
        <translation>&quot;{wow}&quot; 비용 {cost}이(가) 깜짝 선물에 쓸 수 있는 최고 한도({highest})를 넘습니다.</translation>
    </message>
    <message>
        <source>&quot;{wow}&quot; is used twice: rename one.</source>
        <translation>&quot;{wow}&quot; 이름이 두 번 쓰였습니다. 하나를 바꿔 주세요.</translation>
    </message>
    <message>
        <source>--take {choice}: write FIELD=A or FIELD=B with one of {known}.</source>
        <translation>--take {choice}: 필드=A 또는 필드=B로 쓰세요. 필드는 {known} 중 하나입니다.</translation>
    </message>
    <message>
        <source>A PostgreSQL is copied by its own tools. Ask its administrator to use `{tool}`.</source>
        <translation>PostgreSQL은 자체 도구로 복사합니다. 관리자에게 `{tool}` 사용을 요청해 주세요.</translation>
    </message>
    <message>
        <source>A call goes from newCall over answer to hangup.</source>
        <translation>통화는 newCall, answer, hangup 순서로 진행됩니다. 순서를 고쳐 주세요.</translation>
    </message>
    <message>
        <source>A call script has at most {limit} bytes.</source>
        <translation>통화 대본은 최대 {limit}바이트입니다.</translation>
    </message>
    <message>
        <source>A file of the model is missing or a link. Export the model again.</source>
        <translation>언어 모델 파일이 없거나 링크입니다. 모델을 다시 내보내 주세요.</translation>
    </message>
    <message>
        <source>A login has 2 to 100 letters or digits and no spaces.</source>
        <translation>아이디는 공백 없이 2자에서 100자까지입니다.</translation>
    </message>
    <message>
        <source>A number is too long or the object is nested too deep.</source>
        <translation>숫자가 너무 길거나 객체가 너무 깊이 중첩되어 있습니다.</translation>
    </message>
    <message>
        <source>A password has 8 to 1,000 characters.</source>
        <translation>비밀번호는 8자에서 1,000자까지입니다.</translation>
    </message>
    <message>
        <source>A protected policy has no declines: it refuses unless an [[allow]] is proven.</source>
        <translation>보호 정책에는 decline이 없습니다. [[allow]]가 증명되지 않으면 거절합니다.</translation>
    </message>
    <message>
        <source>A protected policy has no {key}: remove this line.</source>
        <translation>보호 정책에는 {key} 항목을 쓸 수 없습니다. 이 줄을 지워 주세요.</translation>
    </message>
    <message>
        <source>A protected policy needs {key}: add it.</source>
        <translation>보호 정책에는 {key} 항목이 필요합니다. 추가해 주세요.</translation>
    </message>
    <message>
        <source>A protected rule may not read {fact}: what a customer is worth proves nothing.</source>
        <translation>보호 규칙에는 {fact} 값을 쓸 수 없습니다. 고객의 가치는 아무것도 증명하지 않습니다.</translation>
    </message>
    <message>
        <source>A quotation mark is opened here and never closed.</source>
        <translation>여기에서 연 따옴표가 닫히지 않았습니다.</translation>
    </message>
    <message>
        <source>A second lead or supervisor must sign this rollback.</source>
        <translation>이 되돌리기에는 두 번째 책임자나 관리자의 승인이 필요합니다.</translation>
    </message>
    <message>
        <source>A step is either an event or something said, not both.</source>
        <translation>단계는 이벤트와 말 중 하나만 담습니다. 둘 다 적을 수 없습니다.</translation>
    </message>
    <message>
        <source>A step needs an event, or a speaker: customer or agent.</source>
        <translation>단계에는 이벤트나 화자(customer 또는 agent)가 필요합니다.</translation>
    </message>
    <message>
        <source>A supervisor keeps the logins. Name yours with `--by LOGIN`.</source>
        <translation>아이디는 관리자가 관리합니다. `--by LOGIN`으로 본인 아이디를 알려 주세요.</translation>
    </message>
    <message>
        <source>A value in this workbook has no end.</source>
        <translation>이 통합 문서에 끝나지 않는 값이 있습니다.</translation>
    </message>
    <message>
        <source>A value is too long or too large to be stored. Shorten it, then try again.</source>
        <translation>값이 너무 길거나 커서 저장할 수 없습니다. 줄인 뒤 다시 시도해 주세요.</translation>
    </message>
    <message>
        <source>Add at least one [[test]]: a policy without a test stays out.</source>
        <translation>[[test]]를 하나 이상 추가해 주세요. 테스트가 없는 정책은 쓰지 않습니다.</translation>
    </message>
    <message>
        <source>Alternative &quot;{option}&quot; costs {cost}, more than anybody may give away ({highest}).</source>
        <translation>&quot;{option}&quot; 대안의 비용이 최고 승인 한도를 넘습니다({cost}, 한도 {highest}).</translation>
    </message>
    <message>
        <source>Alternative &quot;{option}&quot; meets none of the needs ({needs}).</source>
        <translation>&quot;{option}&quot; 대안이 고객의 필요({needs})를 하나도 채우지 못합니다.</translation>
    </message>
    <message>
        <source>An answer is longer than {most} bytes.</source>
        <translation>응답이 {most}바이트보다 깁니다.</translation>
    </message>
    <message>
        <source>An event has at most {limit} fields.</source>
        <translation>이벤트의 필드는 최대 {limit}개입니다.</translation>
    </message>
    <message>
        <source>An event is newCall, answer or hangup.</source>
        <translation>이벤트는 newCall, answer, hangup 중 하나입니다.</translation>
    </message>
    <message>
        <source>An order stays with who ordered it. Correct it where it comes from.</source>
        <translation>주문은 주문한 고객에게 남습니다. 주문이 들어온 시스템에서 고쳐 주세요.</translation>
    </message>
    <message>
        <source>Another program is writing to the database {url}. Try again shortly.</source>
        <translation>다른 프로그램이 데이터베이스 {url}에 쓰고 있습니다. 잠시 후 다시 시도해 주세요.</translation>
    </message>
    <message>
        <source>Begin the script with a [call] table.</source>
        <translation>대본은 [call] 테이블로 시작해 주세요.</translation>
    </message>
    <message>
        <source>Call events cannot be received: port {port} is not free ({reason}). Close the other program or choose another webhook_port in the settings.</source>
        <translation>전화 이벤트를 받을 수 없습니다. 다른 프로그램이 {port} 포트를 쓰고 있습니다({reason}). 그 프로그램을 닫거나 설정에서 다른 webhook_port를 골라 주세요.</translation>
    </message>
    <message>
        <source>Decline &quot;{decline}&quot; has no alternative: add a [[decline.alternative]].</source>
        <translation>&quot;{decline}&quot; 거절에 대안이 없습니다. [[decline.alternative]]를 추가해 주세요.</translation>
    </message>
    <message>
        <source>Each line must be a JSON object with id and text.</source>
        <translation>각 줄은 id와 text가 있는 JSON 객체여야 합니다.</translation>
    </message>
    <message>
        <source>Each line must be a JSON object with id, conversation and text.</source>
        <translation>각 줄은 id, conversation, text가 있는 JSON 객체여야 합니다.</translation>
    </message>
    <message>
        <source>Each of `messages` must have a role and a text.</source>
        <translation>`messages`의 각 항목에는 role과 text가 있어야 합니다.</translation>
    </message>
    <message>
        <source>Every alternative of &quot;{decline}&quot; is left to the customer: add one that we own.</source>
        <translation>&quot;{decline}&quot;의 대안이 모두 고객에게 맡겨져 있습니다. 당사가 처리하는 대안을 추가해 주세요.</translation>
    </message>
    <message>
        <source>Fonts cannot be listed. Install fontconfig to check for a Korean font.</source>
        <translation>글꼴 목록을 읽을 수 없습니다. 한국어 글꼴을 확인하려면 fontconfig를 설치해 주세요.</translation>
    </message>
    <message>
        <source>Give `after` as seconds from 0 to 3600.</source>
        <translation>`after`에는 0~3600초를 적어 주세요.</translation>
    </message>
    <message>
        <source>Give a text of at most {limit} characters.</source>
        <translation>최대 {limit}자까지 적어 주세요.</translation>
    </message>
    <message>
        <source>Give the call a title.</source>
        <translation>통화에 title을 적어 주세요.</translation>
    </message>
    <message>
        <source>Give the direction as in or out.</source>
        <translation>방향은 in 또는 out으로 적어 주세요.</translation>
    </message>
    <message>
        <source>Give the draft a title that says what it changes.</source>
        <translation>무엇을 바꾸는지 알 수 있는 제목을 붙여 주세요.</translation>
    </message>
    <message>
        <source>Give the event as newCall, answer or hangup.</source>
        <translation>이벤트는 newCall, answer, hangup 중 하나로 적어 주세요.</translation>
    </message>
    <message>
        <source>Give the id of a customer, or the word nobody.</source>
        <translation>고객의 ID 또는 nobody를 쓰세요.</translation>
    </message>
    <message>
        <source>Give the id of the call, of at most {limit} characters.</source>
        <translation>통화 id를 최대 {limit}자로 적어 주세요.</translation>
    </message>
    <message>
        <source>Give the mapping a name, such as --save-mapping crm.</source>
        <translation>매핑에 이름을 붙여 주세요. 예: --save-mapping crm</translation>
    </message>
    <message>
        <source>Here stands &quot;{given}&quot; in place of &quot;{expected}&quot;.</source>
        <translation>&quot;{expected}&quot;이(가) 있을 자리에 &quot;{given}&quot;이(가) 있습니다.</translation>
    </message>
    <message>
        <source>It ends before it begins, so it never speaks: write the earlier day first.</source>
        <translation>시작일보다 종료일이 빨라 적용될 때가 없습니다. 이른 날짜를 먼저 적어 주세요.</translation>
    </message>
    <message>
        <source>It is not clear what this is: say so with --format, one of {known}.</source>
        <translation>어떤 파일인지 알 수 없습니다. --format으로 알려 주세요. 가능한 값: {known}.</translation>
    </message>
    <message>
        <source>Language {language} is not supported: write English without a suffix, Korean as _ko.</source>
        <translation>{language} 언어는 지원하지 않습니다. 영어는 접미사 없이, 한국어는 _ko를 붙여 적어 주세요.</translation>
    </message>
    <message>
        <source>Login and password do not match. Check both, and the Caps Lock key.</source>
        <translation>아이디와 비밀번호가 맞지 않습니다. 둘 다와 Caps Lock 키를 확인해 주세요.</translation>
    </message>
    <message>
        <source>Mend the faults of this draft first: what-if needs sound policies.</source>
        <translation>먼저 이 초안의 오류를 고쳐 주세요. 가정 분석에는 오류 없는 정책이 필요합니다.</translation>
    </message>
    <message>
        <source>More than {most} columns: this is no table.</source>
        <translation>열이 {most}개를 넘습니다. 표 파일이 아닙니다.</translation>
    </message>
    <message>
        <source>More than {most} fields in one object.</source>
        <translation>한 객체의 필드가 {most}개를 넘습니다.</translation>
    </message>
    <message>
        <source>Name a language and a theme, such as ko-dark.</source>
        <translation>ko-dark처럼 언어와 테마를 적어 주세요.</translation>
    </message>
    <message>
        <source>Name the `action` that signs {fact}.</source>
        <translation>{fact} 금액을 승인하는 `action`을 적어 주세요.</translation>
    </message>
    <message>
        <source>Name the channel with --by: call, email, chat, sms or social.</source>
        <translation>--by로 채널을 적어 주세요: call, email, chat, sms, social.</translation>
    </message>
    <message>
        <source>No column for {field} ({kind}): name it with --map {field}=COLUMN.</source>
        <translation>{field}({kind})에 해당하는 열이 없습니다. --map {field}=COLUMN으로 지정해 주세요.</translation>
    </message>
    <message>
        <source>No file in this folder has columns that are known.</source>
        <translation>이 폴더에는 아는 열을 가진 파일이 없습니다.</translation>
    </message>
    <message>
        <source>No font shows Korean. Install fonts-noto-cjk or fonts-nanum.</source>
        <translation>한국어를 표시할 글꼴이 없습니다. fonts-noto-cjk 또는 fonts-nanum을 설치해 주세요.</translation>
    </message>
    <message>
        <source>No front matter: begin with --- and id, title.</source>
        <translation>머리말이 없습니다. ---와 id, title로 시작해 주세요.</translation>
    </message>
    <message>
        <source>No keyring was found that keeps passwords encrypted (only {found}). On Linux install gnome-keyring or KWallet, or ask IT.</source>
        <translation>비밀번호를 암호화해 보관하는 키링이 없습니다({found}만 있음). Linux에서는 gnome-keyring이나 KWallet을 설치하거나 IT 담당자에게 문의해 주세요.</translation>
    </message>
    <message>
        <source>No language model is installed with the program. Give the folder of one: `agentassist model add FOLDER`.</source>
        <translation>함께 설치된 언어 모델이 없습니다. 모델 폴더를 지정해 주세요: `agentassist model add FOLDER`.</translation>
    </message>
    <message>
        <source>No language model is installed: only words are searched. Give the folder of one: `agentassist model add FOLDER`.</source>
        <translation>언어 모델이 없어 키워드로만 검색합니다. 모델 폴더를 지정해 주세요: `agentassist model add FOLDER`.</translation>
    </message>
    <message>
        <source>No mailbox is set up. Set imap_host, imap_user and imap_folders first.</source>
        <translation>설정된 메일함이 없습니다. 먼저 imap_host, imap_user, imap_folders를 설정하세요.</translation>
    </message>
    <message>
        <source>No policies are in force yet. Run the policy check and mend its faults.</source>
        <translation>아직 시행 중인 정책이 없습니다. 정책 검사를 실행하고 오류를 고쳐 주세요.</translation>
    </message>
    <message>
        <source>No policies are in force yet. Run the policy check.</source>
        <translation>아직 시행 중인 정책이 없습니다. 정책 검사를 실행해 주세요.</translation>
    </message>
    <message>
        <source>No policies are loaded. Run the policy check and mend its faults.</source>
        <translation>불러온 정책이 없습니다. 정책 검사를 실행하고 오류를 고쳐 주세요.</translation>
    </message>
    <message>
        <source>No protected policy stands behind this: add one with guards = [&quot;{guard}&quot;].</source>
        <translation>뒷받침하는 보호 정책이 없습니다. guards = [&quot;{guard}&quot;] 정책을 추가해 주세요.</translation>
    </message>
    <message>
        <source>No record in this file is known.</source>
        <translation>이 파일에는 알 수 있는 기록이 없습니다.</translation>
    </message>
    <message>
        <source>No test fires &quot;{name}&quot;: add a [[test]] for it.</source>
        <translation>&quot;{name}&quot; 항목을 시험하는 테스트가 없습니다. [[test]]를 추가해 주세요.</translation>
    </message>
    <message>
        <source>Nobody allowed this: an administrator sets pull_from = [&quot;{system}={address}&quot;] in the settings.</source>
        <translation>허용되지 않았습니다. 관리자가 설정에 pull_from = [&quot;{system}={address}&quot;]를 적어야 합니다.</translation>
    </message>
    <message>
        <source>Nobody can sign for an agent without a name. Set `agent` in the settings first.</source>
        <translation>이름이 없는 상담원을 위해서는 아무도 승인할 수 없습니다. 먼저 설정에서 `agent`를 정해 주세요.</translation>
    </message>
    <message>
        <source>Nobody has this number or address. Add it to a customer first.</source>
        <translation>이 번호나 주소를 가진 고객이 없습니다. 먼저 고객에게 추가하세요.</translation>
    </message>
    <message>
        <source>Nobody is in this scope: its conditions exclude each other.</source>
        <translation>이 적용 범위에 드는 고객이 없습니다. 조건이 서로 어긋납니다.</translation>
    </message>
    <message>
        <source>Nobody may sign {action} in {currency}: correct it, or add a [[limit]] to authority.toml.</source>
        <translation>{currency} 금액의 {action}을(를) 승인할 사람이 없습니다. 이름을 고치거나 authority.toml에 [[limit]]을 추가해 주세요.</translation>
    </message>
    <message>
        <source>Not signed. Try again.</source>
        <translation>승인되지 않았습니다. 다시 시도해 주세요.</translation>
    </message>
    <message>
        <source>One policy is one page: at most {most} KB.</source>
        <translation>정책 하나는 한 쪽 분량입니다. 최대 {most}KB까지 가능합니다.</translation>
    </message>
    <message>
        <source>Only a supervisor keeps the logins. Ask one.</source>
        <translation>관리자만 아이디를 관리할 수 있습니다. 관리자에게 부탁해 주세요.</translation>
    </message>
    <message>
        <source>Only messages and complaints can go on on another channel.</source>
        <translation>문의와 불만만 다른 채널로 이어갈 수 있습니다.</translation>
    </message>
    <message>
        <source>Only {free} MB are free for {folder}. Make room for {needed} MB.</source>
        <translation>{folder}의 남은 공간이 {free}MB입니다. {needed}MB를 확보해 주세요.</translation>
    </message>
    <message>
        <source>Other policies came in force just now: look again, then repeat.</source>
        <translation>방금 다른 정책이 시행되었습니다. 다시 확인한 뒤 반복해 주세요.</translation>
    </message>
    <message>
        <source>Other programs cannot reach the desk ({reason}).</source>
        <translation>다른 프로그램이 이 창에 연결할 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>Pick policies from the history that are not in force now.</source>
        <translation>이력에서 지금 시행 중이 아닌 정책을 골라 주세요.</translation>
    </message>
    <message>
        <source>Policies of one request serve one sector, not {sectors}: split the request.</source>
        <translation>한 요청의 정책은 한 업종에만 속해야 합니다({sectors}). 요청을 나눠 주세요.</translation>
    </message>
    <message>
        <source>Port {port} is taken ({reason}): by the running desk, which is well, or by another program. If the desk is not running, choose another webhook_port.</source>
        <translation>{port} 포트가 사용 중입니다({reason}). 실행 중인 상담 창이 쓰고 있다면 정상입니다. 실행 중이 아니라면 다른 webhook_port를 골라 주세요.</translation>
    </message>
    <message>
        <source>Python {found} is too old. Install Python {needed} or newer.</source>
        <translation>Python {found} 버전이 너무 오래되었습니다. Python {needed} 이상을 설치해 주세요.</translation>
    </message>
    <message>
        <source>Rename this file: its name is not UTF-8.</source>
        <translation>파일 이름이 UTF-8이 아닙니다. 이름을 바꿔 주세요.</translation>
    </message>
    <message>
        <source>Save the file as UTF-8.</source>
        <translation>파일을 UTF-8로 저장해 주세요.</translation>
    </message>
    <message>
        <source>Save this file as UTF-8.</source>
        <translation>이 파일을 UTF-8로 저장해 주세요.</translation>
    </message>
    <message>
        <source>Say what is said as text.</source>
        <translation>말한 내용을 text에 적어 주세요.</translation>
    </message>
    <message>
        <source>Say which of these names is yours with --own NAME: {names}.</source>
        <translation>다음 이름 중 어느 것이 우리 쪽인지 --own 이름으로 알려 주세요: {names}.</translation>
    </message>
    <message>
        <source>Say who takes it with --agent, or set your name: agent = NAME.</source>
        <translation>--agent로 담당자를 적거나 설정에 이름을 적어 주세요: agent = NAME.</translation>
    </message>
    <message>
        <source>Say who you are with --by LOGIN: every step of a policy has a name.</source>
        <translation>--by LOGIN으로 누구인지 알려 주세요. 정책의 모든 단계에는 이름이 남습니다.</translation>
    </message>
    <message>
        <source>Say why it is done with --why.</source>
        <translation>--why로 처리 완료 이유를 적어 주세요.</translation>
    </message>
    <message>
        <source>Send one JSON object for each event.</source>
        <translation>이벤트마다 JSON 객체 하나를 보내 주세요.</translation>
    </message>
    <message>
        <source>Send one JSON object to a line.</source>
        <translation>한 줄에 JSON 객체 하나를 보내 주세요.</translation>
    </message>
    <message>
        <source>Send the event as JSON or as a form.</source>
        <translation>이벤트를 JSON이나 폼으로 보내 주세요.</translation>
    </message>
    <message>
        <source>Sign in first: every step of a policy carries a name.</source>
        <translation>먼저 로그인해 주세요. 정책의 모든 단계에는 이름이 남습니다.</translation>
    </message>
    <message>
        <source>Some characters are not {encoding}.</source>
        <translation>{encoding} 인코딩이 아닌 문자가 있습니다.</translation>
    </message>
    <message>
        <source>Some characters are not {encoding}: save the file as UTF-8, or name its encoding.</source>
        <translation>{encoding} 인코딩이 아닌 문자가 있습니다. 파일을 UTF-8로 저장하거나 인코딩을 지정해 주세요.</translation>
    </message>
    <message>
        <source>Some numbers or addresses of the card were left out: faxes, doubles, too many.</source>
        <translation>카드의 번호나 주소 일부를 제외했습니다: 팩스, 중복, 너무 많은 항목.</translation>
    </message>
    <message>
        <source>Somebody has taken this over already.</source>
        <translation>다른 사람이 이미 이어받았습니다.</translation>
    </message>
    <message>
        <source>Something speaks against one person. Write the reason why they are one all the same.</source>
        <translation>같은 사람이 아닐 근거가 있습니다. 그래도 같은 사람인 이유를 적어 주세요.</translation>
    </message>
    <message>
        <source>Test {number} expects {expected}, but the policy says {got}.</source>
        <translation>{number}번 테스트의 예상은 {expected}인데 정책의 판정은 {got}입니다.</translation>
    </message>
    <message>
        <source>Test {number} is answered by {other}: add the facts of this policy&apos;s scope.</source>
        <translation>{number}번 테스트에는 {other} 정책이 답합니다. 이 정책의 적용 범위에 맞는 사실을 추가해 주세요.</translation>
    </message>
    <message>
        <source>The Korean analyser failed: {reason}</source>
        <translation>한국어 분석기가 실패했습니다: {reason}</translation>
    </message>
    <message>
        <source>The Korean analyser is not installed: pip install agentassist[korean].</source>
        <translation>한국어 분석기가 설치되어 있지 않습니다: pip install agentassist[korean] 을 실행하세요.</translation>
    </message>
    <message>
        <source>The article has no title.</source>
        <translation>문서에 제목이 없습니다.</translation>
    </message>
    <message>
        <source>The article is over 1 MB: cut it into pages of one question each.</source>
        <translation>문서가 1MB를 넘습니다. 질문 하나씩으로 나눠 주세요.</translation>
    </message>
    <message>
        <source>The body is not a valid form.</source>
        <translation>본문이 올바른 폼이 아닙니다.</translation>
    </message>
    <message>
        <source>The body is not valid JSON.</source>
        <translation>본문이 올바른 JSON이 아닙니다.</translation>
    </message>
    <message>
        <source>The budget for surprises is used up for today. Kind words cost nothing.</source>
        <translation>오늘 감동 예산은 모두 사용했습니다. 따뜻한 말 한마디는 언제나 무료입니다.</translation>
    </message>
    <message>
        <source>The card has neither a name nor a contact point.</source>
        <translation>카드에 이름도 연락처도 없습니다.</translation>
    </message>
    <message>
        <source>The card has no end: END:VCARD is missing.</source>
        <translation>카드의 끝이 없습니다: END:VCARD가 빠져 있습니다.</translation>
    </message>
    <message>
        <source>The certificate of {host} is not one to trust ({why}). Check imap_host, or name the file of your own authority in imap_ca.</source>
        <translation>{host}의 인증서를 신뢰할 수 없습니다({why}). imap_host를 확인하거나, 자체 인증 기관의 파일을 imap_ca에 적으세요.</translation>
    </message>
    <message>
        <source>The channel &quot;{text}&quot; is not known: use one of {known}.</source>
        <translation>&quot;{text}&quot; 채널은 없습니다. 다음 중 하나를 쓰세요: {known}.</translation>
    </message>
    <message>
        <source>The columns are not known: say what the rows are with --kind, and name the columns with --map field=column.</source>
        <translation>알 수 없는 열입니다. --kind로 행의 종류를, --map field=column으로 열을 지정해 주세요.</translation>
    </message>
    <message>
        <source>The copy {path} cannot be written ({reason}). Choose another folder.</source>
        <translation>복사본 {path} 파일을 쓸 수 없습니다({reason}). 다른 폴더를 골라 주세요.</translation>
    </message>
    <message>
        <source>The currency of the limits changes.</source>
        <translation>한도의 통화가 바뀝니다.</translation>
    </message>
    <message>
        <source>The customer of this order is not known: import customers first.</source>
        <translation>이 주문의 고객을 모릅니다. 고객을 먼저 가져와 주세요.</translation>
    </message>
    <message>
        <source>The customer of this row is not known: import customers first.</source>
        <translation>이 행의 고객을 모릅니다. 고객을 먼저 가져와 주세요.</translation>
    </message>
    <message>
        <source>The database needs an upgrade. Run `agentassist db upgrade`.</source>
        <translation>데이터베이스를 업그레이드해야 합니다. `agentassist db upgrade`를 실행해 주세요.</translation>
    </message>
    <message>
        <source>The database {url} cannot be opened for writing. Check that its folder exists and that you may write there, or choose another with --data-dir.</source>
        <translation>데이터베이스를 쓰기용으로 열 수 없습니다({url}). 폴더가 있는지, 쓰기 권한이 있는지 확인하거나 --data-dir로 다른 폴더를 골라 주세요.</translation>
    </message>
    <message>
        <source>The database {url} does not answer. Work goes on without it.</source>
        <translation>데이터베이스가 응답하지 않습니다({url}). 데이터베이스 없이 계속합니다.</translation>
    </message>
    <message>
        <source>The database {url} does not let this account write. Ask its administrator.</source>
        <translation>이 계정은 데이터베이스 {url}에 쓸 수 없습니다. 관리자에게 문의해 주세요.</translation>
    </message>
    <message>
        <source>The database {url} has not been set up. Run `agentassist db upgrade`.</source>
        <translation>데이터베이스가 아직 준비되지 않았습니다({url}). `agentassist db upgrade`를 실행해 주세요.</translation>
    </message>
    <message>
        <source>The database {url} is damaged. Restore a backup with `agentassist db restore FILE`; the damaged file is kept beside it.</source>
        <translation>데이터베이스가 손상되었습니다({url}). `agentassist db restore FILE`로 백업을 복원해 주세요. 손상된 파일은 옆에 보관됩니다.</translation>
    </message>
    <message>
        <source>The database {url} was written by a newer version of the program (schema {revision}, this version knows {head}). Update the program, or open another database with --data-dir.</source>
        <translation>더 새로운 버전에서 만든 데이터베이스입니다({url}, 스키마 {revision}, 이 버전은 {head}). 프로그램을 업데이트하거나 --data-dir로 다른 데이터베이스를 열어 주세요.</translation>
    </message>
    <message>
        <source>The date {first}/{second} can be read in two ways: add --dates dmy or --dates mdy.</source>
        <translation>{first}/{second} 날짜는 두 가지로 읽힙니다. --dates dmy 또는 --dates mdy를 붙여 주세요.</translation>
    </message>
    <message>
        <source>The dates can be read in two ways: add --dates dmy or --dates mdy.</source>
        <translation>날짜를 두 가지로 읽을 수 있습니다. --dates dmy 또는 --dates mdy를 붙여 주세요.</translation>
    </message>
    <message>
        <source>The desk does not answer. Wait a moment and try again.</source>
        <translation>상담 창이 응답하지 않습니다. 잠시 후 다시 시도해 주세요.</translation>
    </message>
    <message>
        <source>The desk is not running. Start it with: agentassist</source>
        <translation>상담 창이 실행 중이 아닙니다. 다음 명령으로 시작해 주세요: agentassist</translation>
    </message>
    <message>
        <source>The direction &quot;{text}&quot; is not known: use one of {known}.</source>
        <translation>&quot;{text}&quot; 방향은 없습니다. 다음 중 하나를 쓰세요: {known}.</translation>
    </message>
    <message>
        <source>The disk of {url} does not answer ({code}). Check the drive, then try again.</source>
        <translation>{url}의 디스크가 응답하지 않습니다({code}). 드라이브를 확인한 뒤 다시 시도해 주세요.</translation>
    </message>
    <message>
        <source>The event names neither a session nor a person.</source>
        <translation>이 이벤트에는 세션도 사람도 없습니다.</translation>
    </message>
    <message>
        <source>The event names no page, search or article.</source>
        <translation>이 이벤트에는 페이지, 검색, 문서가 없습니다.</translation>
    </message>
    <message>
        <source>The export of the model ended early (status {status}). Try it again.</source>
        <translation>모델 내보내기가 중간에 끝났습니다(상태 {status}). 다시 시도해 주세요.</translation>
    </message>
    <message>
        <source>The file cannot be read ({reason}).</source>
        <translation>파일을 읽을 수 없습니다({reason}).</translation>
    </message>
    <message>
        <source>The file cannot be read ({why}).</source>
        <translation>파일을 읽을 수 없습니다({why}).</translation>
    </message>
    <message>
        <source>The file cannot be read as UTF-8 text.</source>
        <translation>파일을 UTF-8 텍스트로 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>The file cannot be written ({why}).</source>
        <translation>파일을 쓸 수 없습니다({why}).</translation>
    </message>
    <message>
        <source>The file ends in the middle: it is torn.</source>
        <translation>파일이 중간에서 끝납니다. 잘린 파일입니다.</translation>
    </message>
    <message>
        <source>The file is empty: export the address book again.</source>
        <translation>파일이 비어 있습니다: 주소록을 다시 내보내세요.</translation>
    </message>
    <message>
        <source>The file is empty: the first line names columns.</source>
        <translation>파일이 비어 있습니다. 첫 줄에는 열 이름이 있어야 합니다.</translation>
    </message>
    <message>
        <source>The file is empty: write one JSON object a line.</source>
        <translation>파일이 비어 있습니다. 한 줄에 JSON 객체 하나를 적어 주세요.</translation>
    </message>
    <message>
        <source>The file is not UTF-8: save it as UTF-8.</source>
        <translation>파일이 UTF-8이 아닙니다. UTF-8로 저장해 주세요.</translation>
    </message>
    <message>
        <source>The file is not the one that was exported (sha256 differs). Export the model again.</source>
        <translation>내보낸 파일과 다릅니다(sha256 불일치). 모델을 다시 내보내 주세요.</translation>
    </message>
    <message>
        <source>The file of {url} belongs to another program. Choose another with --data-dir.</source>
        <translation>{url} 파일은 다른 프로그램의 것입니다. --data-dir로 다른 폴더를 골라 주세요.</translation>
    </message>
    <message>
        <source>The file {path} is damaged ({fault}). Choose another backup.</source>
        <translation>{path} 파일이 손상되었습니다({fault}). 다른 백업을 골라 주세요.</translation>
    </message>
    <message>
        <source>The file {path} is not a database of this program.</source>
        <translation>{path} 파일은 이 프로그램의 데이터베이스가 아닙니다.</translation>
    </message>
    <message>
        <source>The first step of a call is the event newCall.</source>
        <translation>통화의 첫 단계는 newCall 이벤트입니다.</translation>
    </message>
    <message>
        <source>The folder has neither weights as safetensors nor an ONNX graph.</source>
        <translation>폴더에 safetensors 가중치도 ONNX 그래프도 없습니다.</translation>
    </message>
    <message>
        <source>The folder has no ONNX graph.</source>
        <translation>폴더에 ONNX 그래프가 없습니다.</translation>
    </message>
    <message>
        <source>The folder is too large for a model of sentences. Use a smaller one.</source>
        <translation>문장 모델이라기에는 폴더가 너무 큽니다. 더 작은 것을 사용하세요.</translation>
    </message>
    <message>
        <source>The folder says what is in force: there is nothing to import.</source>
        <translation>폴더 내용이 시행 중인 정책과 같아 가져올 것이 없습니다.</translation>
    </message>
    <message>
        <source>The folder {folder} belongs to somebody else or is open to others. Ask IT to remove it.</source>
        <translation>{folder} 폴더는 다른 사람의 것이거나 다른 사람에게 열려 있습니다. IT 담당자에게 삭제를 요청해 주세요.</translation>
    </message>
    <message>
        <source>The folder {folder} cannot be written ({reason}). Check its permissions or choose another with --data-dir.</source>
        <translation>{folder} 폴더에 쓸 수 없습니다({reason}). 권한을 확인하거나 --data-dir로 다른 폴더를 골라 주세요.</translation>
    </message>
    <message>
        <source>The folder {folder} holds data that a demonstration would replace. Name another with --data-dir.</source>
        <translation>{folder} 폴더에 데모가 지우게 될 데이터가 있습니다. --data-dir로 다른 폴더를 지정해 주세요.</translation>
    </message>
    <message>
        <source>The form names no boundary between its parts.</source>
        <translation>폼에 각 부분을 나누는 boundary가 없습니다.</translation>
    </message>
    <message>
        <source>The front matter cannot be read.</source>
        <translation>머리말을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>The front matter is nested too deep.</source>
        <translation>머리말이 너무 깊이 중첩되어 있습니다.</translation>
    </message>
    <message>
        <source>The front matter is no list of `key: value`.</source>
        <translation>머리말이 `key: value` 목록이 아닙니다.</translation>
    </message>
    <message>
        <source>The front matter is not YAML ({why}).</source>
        <translation>머리말이 YAML이 아닙니다({why}).</translation>
    </message>
    <message>
        <source>The front matter is not closed: add ---.</source>
        <translation>머리말이 닫히지 않았습니다. ---를 추가해 주세요.</translation>
    </message>
    <message>
        <source>The graph brings operators of its own. Export the model without them.</source>
        <translation>그래프에 자체 연산자가 들어 있습니다. 그것 없이 모델을 내보내세요.</translation>
    </message>
    <message>
        <source>The graph gives no vector for a sentence, and the folder does not say how to make one from its tokens. Use a folder with 1_Pooling, mean or cls.</source>
        <translation>그래프가 문장 벡터를 내지 않고, 토큰에서 만드는 방법도 폴더에 없습니다. 1_Pooling(mean 또는 cls)이 있는 폴더를 사용하세요.</translation>
    </message>
    <message>
        <source>The graph is too old (opset {found}).</source>
        <translation>그래프가 너무 오래되었습니다(opset {found}).</translation>
    </message>
    <message>
        <source>The graph of the folder computes in few bits already; take it as it is.</source>
        <translation>폴더의 그래프는 이미 적은 비트로 계산합니다. 그대로 사용하세요.</translation>
    </message>
    <message>
        <source>The graph of the model cannot be loaded. Export it again.</source>
        <translation>모델의 그래프를 불러올 수 없습니다. 다시 내보내세요.</translation>
    </message>
    <message>
        <source>The graph of the model is not valid ONNX.</source>
        <translation>모델의 그래프가 올바른 ONNX가 아닙니다.</translation>
    </message>
    <message>
        <source>The graph uses an operator that is not known here ({name}).</source>
        <translation>그래프가 여기서 알 수 없는 연산자({name})를 사용합니다.</translation>
    </message>
    <message>
        <source>The graph wants inputs that are not 64-bit numbers.</source>
        <translation>그래프의 입력이 64비트 정수가 아닙니다.</translation>
    </message>
    <message>
        <source>The graph wants other inputs than token ids and a mask ({names}).</source>
        <translation>그래프가 토큰 번호와 마스크가 아닌 입력({names})을 요구합니다.</translation>
    </message>
    <message>
        <source>The graph wants to read a file outside its folder.</source>
        <translation>그래프가 폴더 밖의 파일을 읽으려고 합니다.</translation>
    </message>
    <message>
        <source>The headers are longer than {most} bytes.</source>
        <translation>헤더가 {most}바이트보다 깁니다.</translation>
    </message>
    <message>
        <source>The id has blanks or signs: write words-with-hyphens.</source>
        <translation>id에 공백이나 기호가 있습니다. words-with-hyphens처럼 적어 주세요.</translation>
    </message>
    <message>
        <source>The id is that of line {other} too: give each article its own.</source>
        <translation>{other}번째 줄과 id가 같습니다. 문서마다 다른 id를 주세요.</translation>
    </message>
    <message>
        <source>The id is that of {other} too: give each article its own.</source>
        <translation>{other}에서도 쓰는 id입니다. 문서마다 다른 id를 적어 주세요.</translation>
    </message>
    <message>
        <source>The key &quot;{key}&quot; stands for two interactions in this file: give each its own.</source>
        <translation>이 파일에서 &quot;{key}&quot; 키가 이력 두 건을 가리킵니다. 건마다 다른 키를 적어 주세요.</translation>
    </message>
    <message>
        <source>The keyring cannot be used ({reason}). Start it or sign in again, and try again.</source>
        <translation>키링을 쓸 수 없습니다({reason}). 키링을 시작하거나 다시 로그인한 뒤 시도해 주세요.</translation>
    </message>
    <message>
        <source>The keyring does not answer. If its unlock window is open, answer it and try again.</source>
        <translation>키링이 응답하지 않습니다. 잠금 해제 창이 열려 있으면 처리한 뒤 다시 시도해 주세요.</translation>
    </message>
    <message>
        <source>The keyring is locked. Unlock it and try again.</source>
        <translation>키링이 잠겨 있습니다. 잠금을 풀고 다시 시도해 주세요.</translation>
    </message>
    <message>
        <source>The language model is closed. Keyword search goes on.</source>
        <translation>언어 모델이 닫혔습니다. 키워드 검색은 계속됩니다.</translation>
    </message>
    <message>
        <source>The language model is not loaded. Keyword search goes on.</source>
        <translation>언어 모델을 불러오지 않았습니다. 키워드 검색은 계속됩니다.</translation>
    </message>
    <message>
        <source>The limit of {action} for {role} in {currency} is written twice: remove one.</source>
        <translation>{role}의 {action} 한도({currency})가 두 번 적혀 있습니다. 하나를 지워 주세요.</translation>
    </message>
    <message>
        <source>The limit on {action} for the role {role} rises.</source>
        <translation>{role}의 {action} 한도가 올라갑니다.</translation>
    </message>
    <message>
        <source>The line is longer than {most} characters.</source>
        <translation>한 줄이 {most}자를 넘습니다.</translation>
    </message>
    <message>
        <source>The linked article {key} is not there. Tell its owner.</source>
        <translation>연결된 문서가 없습니다({key}). 문서 담당자에게 알려 주세요.</translation>
    </message>
    <message>
        <source>The log folder {folder} cannot be written ({reason}). Check its permissions.</source>
        <translation>로그 폴더 {folder}에 쓸 수 없습니다({reason}). 권한을 확인해 주세요.</translation>
    </message>
    <message>
        <source>The login {login} is taken. Choose another.</source>
        <translation>{login}은(는) 이미 쓰는 아이디입니다. 다른 것을 골라 주세요.</translation>
    </message>
    <message>
        <source>The mail has more than {most} parts.</source>
        <translation>메일에 {most}개가 넘는 파트가 있습니다.</translation>
    </message>
    <message>
        <source>The mail is longer than {most} bytes: only its beginning was read.</source>
        <translation>메일이 {most}바이트보다 깁니다: 앞부분만 읽었습니다.</translation>
    </message>
    <message>
        <source>The mail is nested deeper than {most} parts.</source>
        <translation>메일의 파트가 {most}단계보다 깊이 중첩되어 있습니다.</translation>
    </message>
    <message>
        <source>The mail server fails whenever this mail is fetched: it was passed over.</source>
        <translation>이 메일을 가져올 때마다 메일 서버에 오류가 납니다: 이 메일은 건너뛰었습니다.</translation>
    </message>
    <message>
        <source>The mail server {host} answers something that is not understood ({why}).</source>
        <translation>메일 서버 {host}의 응답을 이해할 수 없습니다({why}).</translation>
    </message>
    <message>
        <source>The mail server {host} cannot be reached ({why}).</source>
        <translation>메일 서버 {host}에 연결할 수 없습니다({why}).</translation>
    </message>
    <message>
        <source>The mail server {host} closed the connection.</source>
        <translation>메일 서버 {host}이(가) 연결을 끊었습니다.</translation>
    </message>
    <message>
        <source>The mail server {host} does not accept {user} with this password. Set it anew with `agentassist interactions mail-password`; many servers want an app password.</source>
        <translation>메일 서버 {host}이(가) {user}의 이 비밀번호를 받아들이지 않습니다. `agentassist interactions mail-password`로 다시 설정하세요. 앱 비밀번호가 필요한 서버가 많습니다.</translation>
    </message>
    <message>
        <source>The mail server {host} does not answer in time.</source>
        <translation>메일 서버 {host}이(가) 제시간에 응답하지 않습니다.</translation>
    </message>
    <message>
        <source>The mail server {host} sends more than it was asked for.</source>
        <translation>메일 서버 {host}이(가) 요청한 것보다 많이 보냅니다.</translation>
    </message>
    <message>
        <source>The model cannot be used: {reason}</source>
        <translation>이 모델은 쓸 수 없습니다: {reason}</translation>
    </message>
    <message>
        <source>The model is incomplete. Export it again.</source>
        <translation>모델이 완전하지 않습니다. 다시 내보내 주세요.</translation>
    </message>
    <message>
        <source>The model leaves its prompt out of the vector, which is not supported.</source>
        <translation>모델이 프롬프트를 벡터에서 빼는데, 이는 지원하지 않습니다.</translation>
    </message>
    <message>
        <source>The model manifest cannot be read. Export the model again.</source>
        <translation>모델 매니페스트를 읽을 수 없습니다. 모델을 다시 내보내 주세요.</translation>
    </message>
    <message>
        <source>The model wants to run code of its own ({names}). Use a model that does not.</source>
        <translation>모델이 자체 코드({names})를 실행하려고 합니다. 그러지 않는 모델을 사용하세요.</translation>
    </message>
    <message>
        <source>The model wants to run code of its own. Use a model that does not.</source>
        <translation>모델이 자체 코드를 실행하려고 합니다. 그러지 않는 모델을 사용하세요.</translation>
    </message>
    <message>
        <source>The model was exported by an older version. Export the model again.</source>
        <translation>이전 버전에서 내보낸 모델입니다. 모델을 다시 내보내세요.</translation>
    </message>
    <message>
        <source>The model {name} was exported by a newer version of the program. Update the program, or export the model again.</source>
        <translation>모델 {name}은(는) 더 새로운 버전에서 내보냈습니다. 프로그램을 업데이트하거나 모델을 다시 내보내세요.</translation>
    </message>
    <message>
        <source>The object is longer than {most} characters.</source>
        <translation>객체가 {most}자보다 깁니다.</translation>
    </message>
    <message>
        <source>The policies in force cannot be read. Run the policy check.</source>
        <translation>시행 중인 정책을 읽을 수 없습니다. 정책 검사를 실행해 주세요.</translation>
    </message>
    <message>
        <source>The policy folder has changes that are not in force: import it as a draft in the policy lab.</source>
        <translation>정책 폴더에 아직 시행되지 않은 변경이 있습니다. 정책 실험실에서 초안으로 가져와 주세요.</translation>
    </message>
    <message>
        <source>The proofs before this have too many cases: use fewer facts in them.</source>
        <translation>이 정책 앞의 확인 절차에 경우의 수가 너무 많습니다. 사실을 줄여 주세요.</translation>
    </message>
    <message>
        <source>The scopes of {request} have more cases than can be proven: use fewer facts.</source>
        <translation>{request} 요청의 적용 범위에 경우의 수가 너무 많아 검증할 수 없습니다. 사실을 줄여 주세요.</translation>
    </message>
    <message>
        <source>The sentence {name} is written twice: remove one.</source>
        <translation>{name} 문장이 두 번 있습니다. 하나를 지워 주세요.</translation>
    </message>
    <message>
        <source>The sheet is empty: the first row names columns.</source>
        <translation>시트가 비어 있습니다. 첫 행에 열 이름을 적어 주세요.</translation>
    </message>
    <message>
        <source>The sheet is torn here: what follows is not read.</source>
        <translation>시트가 여기서 손상되었습니다. 그 뒤는 읽지 않습니다.</translation>
    </message>
    <message>
        <source>The surprise {wow} costs more.</source>
        <translation>깜짝 제안 {wow}의 비용이 올라갑니다.</translation>
    </message>
    <message>
        <source>The workbook declares entities, which no workbook needs: it is not read.</source>
        <translation>통합 문서에 필요 없는 엔터티 선언이 있어서 읽지 않습니다.</translation>
    </message>
    <message>
        <source>The workbook has a password: save it without one.</source>
        <translation>통합 문서에 암호가 있습니다. 암호 없이 저장해 주세요.</translation>
    </message>
    <message>
        <source>The workbook is torn: open it in Excel and save it anew.</source>
        <translation>통합 문서가 손상되었습니다. Excel에서 열어 다시 저장해 주세요.</translation>
    </message>
    <message>
        <source>The zip is torn or has a password: unpack it, and import the text.</source>
        <translation>압축 파일이 손상되었거나 암호가 있습니다. 압축을 풀어 텍스트를 가져와 주세요.</translation>
    </message>
    <message>
        <source>There are more than {most} files here: name the folder of policies.</source>
        <translation>여기에 파일이 {most}개보다 많습니다. 정책 폴더를 지정해 주세요.</translation>
    </message>
    <message>
        <source>There are no policies.</source>
        <translation>정책이 없습니다.</translation>
    </message>
    <message>
        <source>There are no {kind} files: write {kinds}.</source>
        <translation>{kind} 파일은 없습니다. {kinds} 중 하나를 적어 주세요.</translation>
    </message>
    <message>
        <source>There are several: add --url with one of {known}.</source>
        <translation>여러 개가 있습니다. --url에 다음 중 하나를 적어 주세요: {known}.</translation>
    </message>
    <message>
        <source>There is no article {keys}: import the articles first.</source>
        <translation>{keys} 문서가 없습니다. 먼저 문서를 가져오세요.</translation>
    </message>
    <message>
        <source>There is no channel {name}: use one of {known}.</source>
        <translation>{name} 채널은 없습니다. 다음 중 하나를 쓰세요: {known}.</translation>
    </message>
    <message>
        <source>There is no conversation or contact {id}.</source>
        <translation>{id} 대화나 상담이 없습니다.</translation>
    </message>
    <message>
        <source>There is no folder &quot;{folder}&quot; in the mailbox of {user}: check imap_folders.</source>
        <translation>{user}의 메일함에 &quot;{folder}&quot; 폴더가 없습니다: imap_folders를 확인하세요.</translation>
    </message>
    <message>
        <source>There is no format &quot;{name}&quot;: use one of {known}.</source>
        <translation>&quot;{name}&quot; 형식은 없습니다. 다음 중 하나를 쓰세요: {known}.</translation>
    </message>
    <message>
        <source>There is no login {login}. `agentassist staff list` shows those there are.</source>
        <translation>{login}(이)라는 아이디가 없습니다. `agentassist staff list`로 목록을 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>There is no mapping &quot;{name}&quot;.</source>
        <translation>&quot;{name}&quot; 매핑이 없습니다.</translation>
    </message>
    <message>
        <source>There is no mapping &quot;{name}&quot;. There are: {known}.</source>
        <translation>&quot;{name}&quot; 매핑이 없습니다. 있는 매핑: {known}.</translation>
    </message>
    <message>
        <source>There is no message in this file.</source>
        <translation>이 파일에는 메시지가 없습니다.</translation>
    </message>
    <message>
        <source>There is no object in this file: write an array of objects in braces.</source>
        <translation>이 파일에는 객체가 없습니다. 중괄호로 묶은 객체의 배열을 적어 주세요.</translation>
    </message>
    <message>
        <source>There is no override here. Offer one of the safe ways instead.</source>
        <translation>여기서는 예외를 둘 수 없습니다. 안전한 방법 가운데 하나를 안내해 주세요.</translation>
    </message>
    <message>
        <source>There is no policy {other}: name one that answers the same request.</source>
        <translation>{other} 정책이 없습니다. 같은 요청에 답하는 정책을 적어 주세요.</translation>
    </message>
    <message>
        <source>There is no policy {policy} here. Pick one from the list.</source>
        <translation>여기에는 {policy} 정책이 없습니다. 목록에서 골라 주세요.</translation>
    </message>
    <message>
        <source>There is no sentence {name}: write {known}.</source>
        <translation>{name} 문장은 없습니다. {known} 가운데 하나를 쓰세요.</translation>
    </message>
    <message>
        <source>There is no sheet in this workbook.</source>
        <translation>이 통합 문서에는 시트가 없습니다.</translation>
    </message>
    <message>
        <source>There is no such draft any more. Pick one from the list.</source>
        <translation>그 초안은 더 이상 없습니다. 목록에서 골라 주세요.</translation>
    </message>
    <message>
        <source>There is no system &quot;{system}&quot;: use one of {known}.</source>
        <translation>&quot;{system}&quot;이라는 시스템은 없습니다. 다음 중 하나를 쓰세요: {known}.</translation>
    </message>
    <message>
        <source>There is no token for {address}: store one with agentassist interactions token {system}. It looks like {form}.</source>
        <translation>{address}의 토큰이 없습니다. agentassist interactions token {system} 명령으로 저장해 주세요. 형식은 {form}입니다.</translation>
    </message>
    <message>
        <source>There is nothing to hand over. Write a note, or assign a line first.</source>
        <translation>넘길 것이 없습니다. 메모를 적거나 먼저 담당을 지정하세요.</translation>
    </message>
    <message>
        <source>These two are one customer already. Undo the merge first.</source>
        <translation>이미 한 고객으로 합쳐진 기록입니다. 먼저 합치기를 되돌려 주세요.</translation>
    </message>
    <message>
        <source>This archive is no workbook (.xlsx).</source>
        <translation>이 압축 파일은 통합 문서(.xlsx)가 아닙니다.</translation>
    </message>
    <message>
        <source>This card is a list of people and no customer.</source>
        <translation>이 카드는 사람 목록이며 고객이 아닙니다.</translation>
    </message>
    <message>
        <source>This decision is not stored any more.</source>
        <translation>이 결정은 더 이상 저장되어 있지 않습니다.</translation>
    </message>
    <message>
        <source>This draft changes nothing: there is nothing to put in force.</source>
        <translation>이 초안은 바꾸는 것이 없어 시행할 내용이 없습니다.</translation>
    </message>
    <message>
        <source>This draft changes nothing: there is nothing to review.</source>
        <translation>이 초안은 바꾸는 것이 없어 검토할 내용이 없습니다.</translation>
    </message>
    <message>
        <source>This draft has moved on meanwhile: open it again.</source>
        <translation>그사이 이 초안의 상태가 바뀌었습니다. 다시 열어 주세요.</translation>
    </message>
    <message>
        <source>This draft is not what was approved: save it again and send it for review.</source>
        <translation>이 초안은 승인된 내용과 다릅니다. 다시 저장한 뒤 검토를 요청해 주세요.</translation>
    </message>
    <message>
        <source>This draft still has faults ({number}): mend them first.</source>
        <translation>이 초안에 아직 오류가 있습니다({number}개). 먼저 고쳐 주세요.</translation>
    </message>
    <message>
        <source>This entry belongs to no customer yet. Attach it to one first.</source>
        <translation>이 항목은 아직 고객과 연결되지 않았습니다. 먼저 고객과 연결해 주세요.</translation>
    </message>
    <message>
        <source>This entry is no longer in this customer&apos;s history.</source>
        <translation>이 항목은 더 이상 이 고객의 이력에 없습니다.</translation>
    </message>
    <message>
        <source>This file cannot be read: write short numbers and plain tables.</source>
        <translation>이 파일을 읽을 수 없습니다. 숫자는 짧게, 표는 단순하게 적어 주세요.</translation>
    </message>
    <message>
        <source>This folder cannot be read: {reason}.</source>
        <translation>이 폴더를 읽을 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>This has too many cases: use fewer facts.</source>
        <translation>경우의 수가 너무 많습니다. 사실을 줄여 주세요.</translation>
    </message>
    <message>
        <source>This is a link that leads out of the folder: put the file itself here.</source>
        <translation>폴더 밖을 가리키는 링크입니다. 파일을 이 폴더에 직접 넣어 주세요.</translation>
    </message>
    <message>
        <source>This is missing: each record needs one.</source>
        <translation>값이 없습니다. 기록마다 하나가 있어야 합니다.</translation>
    </message>
    <message>
        <source>This is missing: give each line one.</source>
        <translation>이 항목이 없습니다. 줄마다 하나씩 적어 주세요.</translation>
    </message>
    <message>
        <source>This is no JSON object: write objects in braces.</source>
        <translation>JSON 객체가 아닙니다. 중괄호로 묶은 객체를 적어 주세요.</translation>
    </message>
    <message>
        <source>This is no longer open: somebody was faster, or it was answered.</source>
        <translation>더 이상 미해결이 아닙니다. 다른 사람이 먼저 처리했거나 답변되었습니다.</translation>
    </message>
    <message>
        <source>This is no mail that can be read.</source>
        <translation>읽을 수 있는 메일이 아닙니다.</translation>
    </message>
    <message>
        <source>This is no mail: it has neither a sender nor a date.</source>
        <translation>메일이 아닙니다: 보낸 사람도 날짜도 없습니다.</translation>
    </message>
    <message>
        <source>This is no regular file: remove it.</source>
        <translation>일반 파일이 아닙니다. 지워 주세요.</translation>
    </message>
    <message>
        <source>This is no workbook, or one with a password: save it as .xlsx without one.</source>
        <translation>통합 문서가 아니거나 암호가 있습니다. 암호 없이 .xlsx로 저장해 주세요.</translation>
    </message>
    <message>
        <source>This is not JSON ({why}).</source>
        <translation>JSON이 아닙니다({why}).</translation>
    </message>
    <message>
        <source>This is not JSON: it begins with neither [ nor {.</source>
        <translation>JSON이 아닙니다. [ 나 { 로 시작하지 않습니다.</translation>
    </message>
    <message>
        <source>This login is closed. Ask a supervisor.</source>
        <translation>닫힌 아이디입니다. 관리자에게 문의해 주세요.</translation>
    </message>
    <message>
        <source>This move was undone already.</source>
        <translation>이미 되돌린 옮기기입니다.</translation>
    </message>
    <message>
        <source>This password is easy to guess. Choose one without the login in it.</source>
        <translation>짐작하기 쉬운 비밀번호입니다. 아이디가 들어 있지 않은 것으로 골라 주세요.</translation>
    </message>
    <message>
        <source>This policy cannot decide yet: mend its faults first.</source>
        <translation>이 정책은 아직 결정을 내릴 수 없습니다. 먼저 오류를 고쳐 주세요.</translation>
    </message>
    <message>
        <source>This policy has that very test already.</source>
        <translation>이 정책에 똑같은 테스트가 이미 있습니다.</translation>
    </message>
    <message>
        <source>This policy has {number} cases of {conditions} conditions, more than can be proven ({most} cases at most): split it in two.</source>
        <translation>이 정책은 조건 {conditions}개에 경우의 수가 {number}개라 검증할 수 없습니다(최대 {most}개). 둘로 나눠 주세요.</translation>
    </message>
    <message>
        <source>This prompt cannot be signed. Pick the request from the list again.</source>
        <translation>이 카드로는 승인할 수 없습니다. 목록에서 요청을 다시 골라 주세요.</translation>
    </message>
    <message>
        <source>This stands before unverified callers: add &quot;{fact} is yes&quot; to its proof.</source>
        <translation>본인 확인 전의 고객 앞에 서는 정책입니다. 증명 조건에 &quot;{fact} is yes&quot;를 추가해 주세요.</translation>
    </message>
    <message>
        <source>This takes the login of a lead or a supervisor.</source>
        <translation>책임자나 관리자의 로그인이 필요합니다.</translation>
    </message>
    <message>
        <source>To take a policy out, remove it: an empty text says nothing.</source>
        <translation>정책을 빼려면 삭제를 사용해 주세요. 빈 내용은 저장할 수 없습니다.</translation>
    </message>
    <message>
        <source>Too many wrong passwords. Try again in {seconds} seconds.</source>
        <translation>비밀번호가 여러 번 틀렸습니다. {seconds}초 뒤에 다시 시도해 주세요.</translation>
    </message>
    <message>
        <source>Two different people must sign this rollback.</source>
        <translation>이 되돌리기는 서로 다른 두 사람이 승인해야 합니다.</translation>
    </message>
    <message>
        <source>Two different people must sign.</source>
        <translation>서로 다른 두 사람이 승인해야 합니다.</translation>
    </message>
    <message>
        <source>Two people must look at this change: send it for review first.</source>
        <translation>두 사람이 확인해야 하는 변경입니다. 먼저 검토를 요청해 주세요.</translation>
    </message>
    <message>
        <source>Unpacked the text would be far too large.</source>
        <translation>압축을 풀면 텍스트가 지나치게 커집니다.</translation>
    </message>
    <message>
        <source>Unpacked the workbook would be far too large: it is not read.</source>
        <translation>통합 문서를 풀면 지나치게 커져서 읽지 않습니다.</translation>
    </message>
    <message>
        <source>What stands behind a guard is for everybody: remove `scope` or `guards`.</source>
        <translation>보호 장치를 맡은 정책은 모두에게 적용됩니다. `scope`나 `guards`를 지워 주세요.</translation>
    </message>
    <message>
        <source>Without imap_tls a password would be sent in the clear: only a server on this machine may do without.</source>
        <translation>imap_tls가 없으면 비밀번호가 암호화되지 않고 전송됩니다: 이 컴퓨터에 있는 서버에서만 끌 수 있습니다.</translation>
    </message>
    <message>
        <source>Write --as clusters or --as pairs, not &quot;{form}&quot;.</source>
        <translation>&quot;{form}&quot; 대신 --as clusters 또는 --as pairs라고 쓰세요.</translation>
    </message>
    <message>
        <source>Write [context] as a table of names and texts.</source>
        <translation>[context]를 이름과 글로 된 표로 쓰세요.</translation>
    </message>
    <message>
        <source>Write a list here.</source>
        <translation>여기에 목록을 적어 주세요.</translation>
    </message>
    <message>
        <source>Write a text here.</source>
        <translation>여기에 글을 적어 주세요.</translation>
    </message>
    <message>
        <source>Write an object in braces here.</source>
        <translation>여기에 중괄호로 묶은 객체를 적어 주세요.</translation>
    </message>
    <message>
        <source>Write in `hint` what the agent could do.</source>
        <translation>상담원이 할 수 있는 일을 `hint`에 적어 주세요.</translation>
    </message>
    <message>
        <source>Write the note first.</source>
        <translation>먼저 메모를 적어 주세요.</translation>
    </message>
    <message>
        <source>Write the reason first: one sentence that others can follow.</source>
        <translation>먼저 이유를 적어 주세요. 다른 사람이 이해할 수 있는 한 문장이면 됩니다.</translation>
    </message>
    <message>
        <source>Write what is promised, and who keeps it.</source>
        <translation>무엇을 약속하고 누가 지킬지 적어 주세요.</translation>
    </message>
    <message>
        <source>You cannot sign for yourself. Ask a colleague.</source>
        <translation>스스로 승인할 수 없습니다. 동료에게 부탁해 주세요.</translation>
    </message>
    <message>
        <source>You wrote in this draft: somebody else with the role of a lead or a supervisor must approve it.</source>
        <translation>이 초안을 직접 작성하셨습니다. 다른 책임자나 관리자가 승인해야 합니다.</translation>
    </message>
    <message>
        <source>`messages` must be a list of objects with role and text.</source>
        <translation>`messages`는 role과 text를 가진 객체의 목록이어야 합니다.</translation>
    </message>
    <message>
        <source>business_hours ends before it begins: write it as 09:00-18:00.</source>
        <translation>business_hours의 끝이 시작보다 빠릅니다. 09:00-18:00처럼 적어 주세요.</translation>
    </message>
    <message>
        <source>manifest.json</source>
        <translation>manifest.json</translation>
    </message>
    <message>
        <source>{address} answers with something else than its documentation says ({field}: {why}).</source>
        <translation>{address}의 응답이 문서와 다릅니다({field}: {why}).</translation>
    </message>
    <message>
        <source>{address} does not answer ({why}): it is tried again later.</source>
        <translation>{address}이(가) 응답하지 않습니다({why}). 나중에 다시 시도합니다.</translation>
    </message>
    <message>
        <source>{address} has no such page ({status}): check the address of the system.</source>
        <translation>{address}에 그런 페이지가 없습니다({status}). 시스템 주소를 확인해 주세요.</translation>
    </message>
    <message>
        <source>{amount} is more than anybody may give now ({limit} is left). Agree on less, or promise to find out.</source>
        <translation>{amount}은 지금 누구도 드릴 수 없는 금액입니다(남은 한도 {limit}). 더 적게 합의하거나, 알아보고 연락드리겠다고 약속하세요.</translation>
    </message>
    <message>
        <source>{case}: nobody answers {request}. Widen a scope, or add a policy without one.</source>
        <translation>{case}: {request} 요청에 답하는 정책이 없습니다. 적용 범위를 넓히거나 범위가 없는 정책을 추가해 주세요.</translation>
    </message>
    <message>
        <source>{case}: this is a yes without full proof. Add what must be proven.</source>
        <translation>{case}: 증명이 다 갖춰지지 않았는데 허용됩니다. 증명해야 할 사실을 추가해 주세요.</translation>
    </message>
    <message>
        <source>{case}: {one} and {other} are both protected; narrow the scope of one.</source>
        <translation>{case}: {one}과(와) {other}이(가) 모두 보호 정책입니다. 한쪽의 적용 범위를 좁혀 주세요.</translation>
    </message>
    <message>
        <source>{case}: {one} and {other} both speak; name one of them in `overrides` of the other, or narrow a scope.</source>
        <translation>{case}: {one}과(와) {other}이(가) 동시에 적용됩니다. 한쪽의 `overrides`에 다른 쪽을 적거나 적용 범위를 좁혀 주세요.</translation>
    </message>
    <message>
        <source>{count} open loops fit {text}: give the id that `loops list` prints.</source>
        <translation>{text}에 해당하는 미해결 건이 {count}개입니다. `loops list`가 출력하는 id를 적어 주세요.</translation>
    </message>
    <message>
        <source>{fact} is only ever told unasked, so no policy may read it: only wow.toml may.</source>
        <translation>{fact}은(는) 고객이 먼저 말할 때만 아는 사실이라 정책에서 쓸 수 없습니다. wow.toml에서만 쓸 수 있습니다.</translation>
    </message>
    <message>
        <source>{fact} is part of a proof.</source>
        <translation>{fact}은(는) 보호 요청의 증명에 쓰이는 항목입니다.</translation>
    </message>
    <message>
        <source>{fact} lists a value twice: remove one.</source>
        <translation>{fact}에 같은 값이 두 번 있습니다. 하나를 지워 주세요.</translation>
    </message>
    <message>
        <source>{fact} may be asked for: a surprise answers to what is told unasked only.</source>
        <translation>{fact}은(는) 물어볼 수 있는 사실입니다. 깜짝 선물은 고객이 먼저 말한 사실에만 답합니다.</translation>
    </message>
    <message>
        <source>{fact} needs `ask`, the sentence that obtains it.</source>
        <translation>{fact}에는 그 사실을 알아낼 질문 `ask`가 필요합니다.</translation>
    </message>
    <message>
        <source>{fact} needs as many values_ko as values.</source>
        <translation>{fact}에는 values와 같은 수의 values_ko가 필요합니다.</translation>
    </message>
    <message>
        <source>{files} was changed in force since this draft began: look at both, then move the draft over what is in force.</source>
        <translation>이 초안을 시작한 뒤 시행 중인 {files}이(가) 바뀌었습니다. 둘을 비교한 다음 초안을 시행 중인 정책 위로 옮겨 주세요.</translation>
    </message>
    <message>
        <source>{file} cannot be read as a text: {reason}.</source>
        <translation>{file} 파일을 텍스트로 읽을 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>{file} is too large.</source>
        <translation>{file} 파일이 너무 큽니다.</translation>
    </message>
    <message>
        <source>{file} leads to another place.</source>
        <translation>{file} 파일이 다른 곳을 가리킵니다.</translation>
    </message>
    <message>
        <source>{file} may carry code. Use a folder with safetensors or ONNX only.</source>
        <translation>{file} 파일에 코드가 들어 있을 수 있습니다. safetensors나 ONNX만 있는 폴더를 사용하세요.</translation>
    </message>
    <message>
        <source>{file} of the model cannot be read.</source>
        <translation>모델의 {file} 파일을 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>{file} of the model is missing.</source>
        <translation>모델의 {file} 파일이 없습니다.</translation>
    </message>
    <message>
        <source>{file}, which the graph needs, is missing.</source>
        <translation>그래프에 필요한 {file} 파일이 없습니다.</translation>
    </message>
    <message>
        <source>The policy bundle {digest} is not stored.</source>
        <translation>저장되지 않은 정책 묶음입니다({digest}).</translation>
    </message>
    <message>
        <source>&quot;{address}&quot; is no address of a system: write https://company.example.com.</source>
        <translation>&quot;{address}&quot;은(는) 시스템 주소가 아닙니다. https://company.example.com처럼 적어 주세요.</translation>
    </message>
    <message>
        <source>&quot;{example}&quot; is a counter-example here too: keep it in one of the lists.</source>
        <translation>&quot;{example}&quot; 문장이 여기서는 반례로도 들어 있습니다. 한 목록에만 남겨 주세요.</translation>
    </message>
    <message>
        <source>The command is raise, pop, say, end or lab.</source>
        <translation>명령은 raise, pop, say, end, lab 중 하나입니다.</translation>
    </message>
    <message>
        <source>The model cannot be saved ({reason}). Free some space, or end the program that uses it, and try again.</source>
        <translation>모델을 저장할 수 없습니다({reason}). 공간을 확보하거나 그것을 사용하는 프로그램을 끝낸 뒤 다시 시도하세요.</translation>
    </message>
    <message>
        <source>The prompts of the model cannot be read.</source>
        <translation>모델의 프롬프트를 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>The protected policy {policy} is gone. Put its file back, or name it in `retired` in authority.toml.</source>
        <translation>보호 정책이 없어졌습니다({policy}). 파일을 되돌리거나 authority.toml의 `retired`에 적어 주세요.</translation>
    </message>
    <message>
        <source>The row has neither a name nor a contact point.</source>
        <translation>행에 이름도 연락처도 없습니다.</translation>
    </message>
    <message>
        <source>The row has neither a text nor a subject.</source>
        <translation>행에 내용도 제목도 없습니다.</translation>
    </message>
    <message>
        <source>The row has no order number.</source>
        <translation>행에 주문 번호가 없습니다.</translation>
    </message>
    <message>
        <source>The row has {found} values for {expected} columns: it is torn or lacks quotation marks.</source>
        <translation>열은 {expected}개인데 행의 값은 {found}개입니다. 줄이 잘렸거나 따옴표가 빠졌습니다.</translation>
    </message>
    <message>
        <source>The screens could not be saved: a step took too long.</source>
        <translation>화면을 저장하지 못했습니다. 한 단계가 너무 오래 걸렸습니다.</translation>
    </message>
    <message>
        <source>The search index cannot be saved ({reason}). Search works; free some space.</source>
        <translation>검색 색인을 저장할 수 없습니다({reason}). 검색은 되지만 공간을 확보해 주세요.</translation>
    </message>
    <message>
        <source>The settings file {path} cannot be read ({reason}). Check its permissions.</source>
        <translation>설정 파일 {path} 읽기에 실패했습니다({reason}). 권한을 확인해 주세요.</translation>
    </message>
    <message>
        <source>The settings file {path} cannot be written ({reason}). Check its permissions.</source>
        <translation>설정 파일 {path}을(를) 쓸 수 없습니다({reason}). 권한을 확인하세요.</translation>
    </message>
    <message>
        <source>The speaker is customer or agent.</source>
        <translation>화자는 customer 또는 agent입니다.</translation>
    </message>
    <message>
        <source>The value is too long: only its first {most} characters were kept.</source>
        <translation>값이 너무 길어 앞의 {most}자만 남겼습니다.</translation>
    </message>
    <message>
        <source>The values are nested too deeply.</source>
        <translation>값이 너무 깊이 중첩되어 있습니다.</translation>
    </message>
    <message>
        <source>The vectors of the model do not have the {promised} dimensions that its description promises. Export the model again.</source>
        <translation>모델의 벡터가 설명에 적힌 {promised}차원이 아닙니다. 모델을 다시 내보내세요.</translation>
    </message>
    <message>
        <source>The webhook token cannot be kept in {file} ({reason}). Check the permissions of the folder.</source>
        <translation>웹훅 토큰을 {file}에 보관할 수 없습니다({reason}). 폴더 권한을 확인해 주세요.</translation>
    </message>
    <message>
        <source>The weights of {file} cannot be read.</source>
        <translation>{file}의 가중치를 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>There are no policies in this folder.</source>
        <translation>이 폴더에는 정책이 없습니다.</translation>
    </message>
    <message>
        <source>There is no Markdown file (.md) in this folder.</source>
        <translation>이 폴더에는 Markdown 파일(.md)이 없습니다.</translation>
    </message>
    <message>
        <source>There is no column &quot;{column}&quot;. The columns are: {known}.</source>
        <translation>&quot;{column}&quot; 열이 없습니다. 있는 열: {known}.</translation>
    </message>
    <message>
        <source>There is no country &quot;{region}&quot;: write US, KR, DE.</source>
        <translation>&quot;{region}&quot; 국가는 없습니다. US, KR, DE처럼 적어 주세요.</translation>
    </message>
    <message>
        <source>There is no customer with this id: `customers find` prints ids.</source>
        <translation>이 id의 고객이 없습니다. id는 `customers find`로 볼 수 있습니다.</translation>
    </message>
    <message>
        <source>There is no customer {id}. Search by name or number.</source>
        <translation>고객이 없습니다({id}). 이름이나 번호로 검색해 주세요.</translation>
    </message>
    <message>
        <source>There is no display. Start the desk in a graphical session; all other commands work without one.</source>
        <translation>디스플레이가 없습니다. 상담 창은 그래픽 세션에서 시작해 주세요. 다른 명령은 디스플레이 없이도 됩니다.</translation>
    </message>
    <message>
        <source>There is no encoding &quot;{encoding}&quot;: try utf-8, cp949 or cp1252.</source>
        <translation>&quot;{encoding}&quot; 인코딩은 없습니다. utf-8, cp949, cp1252를 써 보세요.</translation>
    </message>
    <message>
        <source>There is no exception on {category}: remove this line.</source>
        <translation>{category}에는 예외가 없습니다. 이 줄을 지워 주세요.</translation>
    </message>
    <message>
        <source>There is no exported model in {folder}. Add one with `agentassist model add`.</source>
        <translation>{folder}에 내보낸 모델이 없습니다. `agentassist model add`로 추가해 주세요.</translation>
    </message>
    <message>
        <source>There is no fact {fact} in the active policies.</source>
        <translation>적용 중인 정책에 {fact} 사실이 없습니다.</translation>
    </message>
    <message>
        <source>There is no fact {fact}: declare it in facts.toml.</source>
        <translation>{fact} 사실이 없습니다. facts.toml에 선언해 주세요.</translation>
    </message>
    <message>
        <source>There is no fact {fact}: did you mean {near}?</source>
        <translation>{fact} 사실이 없습니다. 혹시 {near}인가요?</translation>
    </message>
    <message>
        <source>There is no field &quot;{field}&quot; in {kind}. The fields are: {known}.</source>
        <translation>{kind}에는 &quot;{field}&quot; 필드가 없습니다. 있는 필드: {known}.</translation>
    </message>
    <message>
        <source>There is no file {path}. Check its name.</source>
        <translation>{path} 파일이 없습니다. 이름을 확인해 주세요.</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>{folder} 폴더가 없습니다.</translation>
    </message>
    <message>
        <source>There is no folder {folder}. Mend the setting model.</source>
        <translation>{folder} 폴더가 없습니다. model 설정을 고쳐 주세요.</translation>
    </message>
    <message>
        <source>There is no folder {folder}: name a folder with policy files.</source>
        <translation>{folder} 폴더가 없습니다. 정책 파일이 있는 폴더를 지정해 주세요.</translation>
    </message>
    <message>
        <source>There is no key {key} here: remove it.</source>
        <translation>여기에는 {key} 키를 쓸 수 없습니다. 지워 주세요.</translation>
    </message>
    <message>
        <source>There is no key {key}: did you mean {near}?</source>
        <translation>{key} 키가 없습니다. 혹시 {near}인가요?</translation>
    </message>
    <message>
        <source>There is no policy {policy} in the active policies. Pick one from the list.</source>
        <translation>적용 중인 정책에 {policy} 정책이 없습니다. 목록에서 골라 주세요.</translation>
    </message>
    <message>
        <source>There is no room left for the database {url}. Free some space, then try again; what was saved before is safe.</source>
        <translation>데이터베이스를 저장할 공간이 없습니다({url}). 공간을 확보한 뒤 다시 시도해 주세요. 이미 저장한 내용은 안전합니다.</translation>
    </message>
    <message>
        <source>There is no setting of this name. There are: {known}.</source>
        <translation>이런 이름의 설정은 없습니다. 다음 중에서 골라 주세요: {known}.</translation>
    </message>
    <message>
        <source>There is no such customer in customers.csv.</source>
        <translation>customers.csv에 그런 고객이 없습니다.</translation>
    </message>
    <message>
        <source>There is no such file: check the name.</source>
        <translation>그런 파일이 없습니다. 이름을 확인해 주세요.</translation>
    </message>
    <message>
        <source>There is no such folder: name one with Markdown files.</source>
        <translation>그런 폴더가 없습니다. Markdown 파일이 있는 폴더를 지정해 주세요.</translation>
    </message>
    <message>
        <source>There is no such order: import orders first.</source>
        <translation>그런 주문이 없습니다. 주문을 먼저 가져와 주세요.</translation>
    </message>
    <message>
        <source>There is no time zone &quot;{name}&quot;: write one such as Asia/Seoul or +09:00.</source>
        <translation>&quot;{name}&quot; 시간대는 없습니다. Asia/Seoul이나 +09:00처럼 적어 주세요.</translation>
    </message>
    <message>
        <source>There is nothing to add: the caller withheld the number.</source>
        <translation>추가할 번호가 없습니다. 발신 번호가 표시되지 않았습니다.</translation>
    </message>
    <message>
        <source>These two are one customer already.</source>
        <translation>두 고객은 이미 하나로 합쳐져 있습니다.</translation>
    </message>
    <message>
        <source>This `allow` can never be met: its conditions exclude each other.</source>
        <translation>이 `allow`는 충족될 수 없습니다. 조건이 서로 모순됩니다.</translation>
    </message>
    <message>
        <source>This `allow` is true for everybody: name the facts to prove.</source>
        <translation>이 `allow`는 누구에게나 참입니다. 증명할 사실을 적어 주세요.</translation>
    </message>
    <message>
        <source>This article is no longer there. Search again.</source>
        <translation>이 문서는 이제 없습니다. 다시 검색해 주세요.</translation>
    </message>
    <message>
        <source>This customer is no longer there. Search by name or number.</source>
        <translation>이 고객은 이제 없습니다. 이름이나 번호로 검색해 주세요.</translation>
    </message>
    <message>
        <source>This customer was merged before. Undo that merge first.</source>
        <translation>이미 합쳐진 고객입니다. 먼저 그 합치기를 되돌려 주세요.</translation>
    </message>
    <message>
        <source>This does not fit what is stored: it is there already, or belongs to something that is not there ({code}). Load the record again, then try again.</source>
        <translation>저장된 내용과 맞지 않습니다. 이미 있거나, 연결된 항목이 없습니다({code}). 기록을 다시 불러온 뒤 시도해 주세요.</translation>
    </message>
    <message>
        <source>This file cannot be read: {reason}.</source>
        <translation>이 파일을 읽을 수 없습니다: {reason}.</translation>
    </message>
    <message>
        <source>This file is larger than {most} KB: one policy is one page.</source>
        <translation>이 파일은 {most}KB를 넘습니다. 정책 하나는 한 쪽 분량입니다.</translation>
    </message>
    <message>
        <source>This is a folder: name a file in it.</source>
        <translation>폴더입니다. 그 안의 파일을 지정해 주세요.</translation>
    </message>
    <message>
        <source>This is no JSON object: write one object in braces a line.</source>
        <translation>JSON 객체가 아닙니다. 한 줄에 중괄호로 묶은 객체 하나를 적어 주세요.</translation>
    </message>
    <message>
        <source>This is no database address we can use. Write sqlite:///FILE or postgresql+psycopg://USER@HOST/DATABASE (and install the `postgres` extra).</source>
        <translation>쓸 수 없는 데이터베이스 주소입니다. sqlite:///FILE 또는 postgresql+psycopg://USER@HOST/DATABASE로 적어 주세요(`postgres` 추가 패키지도 설치).</translation>
    </message>
    <message>
        <source>This is not JSON ({why} at character {at}): write one object a line.</source>
        <translation>JSON이 아닙니다({at}번째 문자: {why}). 한 줄에 객체 하나를 적어 주세요.</translation>
    </message>
    <message>
        <source>This is not TOML: {message}. Mend this line.</source>
        <translation>TOML이 아닙니다: {message}. 이 줄을 고쳐 주세요.</translation>
    </message>
    <message>
        <source>This is not TOML: {reason}.</source>
        <translation>TOML이 아닙니다: {reason}.</translation>
    </message>
    <message>
        <source>This is not a text file: export it as CSV or NDJSON.</source>
        <translation>텍스트 파일이 아닙니다. CSV나 NDJSON으로 내보내 주세요.</translation>
    </message>
    <message>
        <source>This is too long. Send at most {limit} characters.</source>
        <translation>너무 깁니다. 최대 {limit}자까지 보내 주세요.</translation>
    </message>
    <message>
        <source>This is {what}: save it as CSV (UTF-8) first.</source>
        <translation>이 파일은 표 형식 텍스트가 아닙니다({what}). 먼저 CSV(UTF-8)로 저장해 주세요.</translation>
    </message>
    <message>
        <source>This line is not JSON. Mend or remove it.</source>
        <translation>이 줄은 JSON이 아닙니다. 고치거나 지워 주세요.</translation>
    </message>
    <message>
        <source>This merge was undone already.</source>
        <translation>이미 되돌린 합치기입니다.</translation>
    </message>
    <message>
        <source>This nests deeper than {depth} levels: flatten it.</source>
        <translation>{depth}단계보다 깊이 중첩되어 있습니다. 단순하게 고쳐 주세요.</translation>
    </message>
    <message>
        <source>This place in the history is not known. Open the customer again.</source>
        <translation>이력에서 이 위치를 찾을 수 없습니다. 고객을 다시 열어 주세요.</translation>
    </message>
    <message>
        <source>This policy never says yes: narrow a decline.</source>
        <translation>이 정책에는 가능 판정이 나오지 않습니다. 거절 조건을 좁혀 주세요.</translation>
    </message>
    <message>
        <source>This promise is no longer there. Open the customer again.</source>
        <translation>이 약속은 이제 없습니다. 고객을 다시 열어 주세요.</translation>
    </message>
    <message>
        <source>This proof has too many cases: use fewer facts.</source>
        <translation>증명할 경우의 수가 너무 많습니다. 사실을 줄여 주세요.</translation>
    </message>
    <message>
        <source>Too long to say ({excess}): &quot;{sentence}&quot;</source>
        <translation>말하기에 너무 깁니다({excess}): &quot;{sentence}&quot;</translation>
    </message>
    <message>
        <source>Two columns are named &quot;{name}&quot;: give each its own name.</source>
        <translation>&quot;{name}&quot; 열이 두 개입니다. 서로 다른 이름을 붙여 주세요.</translation>
    </message>
    <message>
        <source>Type the customer&apos;s name first.</source>
        <translation>고객 이름을 먼저 입력해 주세요.</translation>
    </message>
    <message>
        <source>Unknown field; {verb} knows: {known}.</source>
        <translation>모르는 필드입니다. {verb}에 쓸 수 있는 필드: {known}.</translation>
    </message>
    <message>
        <source>Unknown key; known are: {known}.</source>
        <translation>모르는 키입니다. 쓸 수 있는 키: {known}.</translation>
    </message>
    <message>
        <source>Write &quot;between A and B&quot; with two values: {literal}.</source>
        <translation>&quot;between A and B&quot;에 값 두 개를 적어 주세요: {literal}.</translation>
    </message>
    <message>
        <source>Write &quot;{text}&quot; as FACT OPERATOR VALUE, for example &quot;hotel.hour &gt;= 12&quot;. Operators: is, is not, in, not in, between A and B, &gt;, &gt;=, &lt;, &lt;=.</source>
        <translation>&quot;{text}&quot; 대신 FACT OPERATOR VALUE 형식으로 적어 주세요. 예: &quot;hotel.hour &gt;= 12&quot;. 연산자: is, is not, in, not in, between A and B, &gt;, &gt;=, &lt;, &lt;=.</translation>
    </message>
    <message>
        <source>Write --dates dmy or --dates mdy, not &quot;{text}&quot;.</source>
        <translation>&quot;{text}&quot; 대신 --dates dmy 또는 --dates mdy로 적어 주세요.</translation>
    </message>
    <message>
        <source>Write --map field=column, not &quot;{pair}&quot;.</source>
        <translation>&quot;{pair}&quot; 대신 --map field=column으로 적어 주세요.</translation>
    </message>
    <message>
        <source>Write a fact as KEY=VALUE: {text}.</source>
        <translation>사실은 KEY=VALUE로 적어 주세요: {text}.</translation>
    </message>
    <message>
        <source>Write a list of short texts here.</source>
        <translation>여기에는 짧은 글의 목록을 적어 주세요.</translation>
    </message>
    <message>
        <source>Write a list of texts, such as [&quot;one&quot;, &quot;two&quot;].</source>
        <translation>텍스트 목록이 아닙니다. [&quot;one&quot;, &quot;two&quot;]처럼 적어 주세요.</translation>
    </message>
    <message>
        <source>Write a number here.</source>
        <translation>여기에는 숫자를 적어 주세요.</translation>
    </message>
    <message>
        <source>Write a text in quotation marks.</source>
        <translation>텍스트가 아닙니다. 따옴표 안에 적어 주세요.</translation>
    </message>
    <message>
        <source>Write a whole number from {least} to {most}.</source>
        <translation>{least} 이상 {most} 이하의 정수로 적어 주세요.</translation>
    </message>
    <message>
        <source>Write at least one [[step]].</source>
        <translation>[[step]]을 하나 이상 적어 주세요.</translation>
    </message>
    <message>
        <source>Write days_ago as a number and time as 14:05.</source>
        <translation>days_ago는 숫자로, time은 14:05처럼 적어 주세요.</translation>
    </message>
    <message>
        <source>Write in `yes` what the agent says when the answer is yes.</source>
        <translation>`yes`에는 가능할 때 상담원이 할 말을 적어 주세요.</translation>
    </message>
    <message>
        <source>Write one JSON object in each line.</source>
        <translation>각 줄에 JSON 객체 하나를 적어 주세요.</translation>
    </message>
    <message>
        <source>Write one of: {words}.</source>
        <translation>다음 중 하나로 적어 주세요: {words}.</translation>
    </message>
    <message>
        <source>Write the date as 2027-03-31.</source>
        <translation>날짜는 2027-03-31처럼 적어 주세요.</translation>
    </message>
    <message>
        <source>Write this by hand: {line}</source>
        <translation>직접 입력하세요: {line}</translation>
    </message>
    <message>
        <source>Write true or false.</source>
        <translation>true 또는 false로 적어 주세요.</translation>
    </message>
    <message>
        <source>Write what is said as text.</source>
        <translation>말한 내용을 text에 적어 주세요.</translation>
    </message>
    <message>
        <source>YAML aliases are not read: write it out.</source>
        <translation>YAML 별칭은 읽지 않습니다. 풀어서 적어 주세요.</translation>
    </message>
    <message>
        <source>`facts` must be an object with fact names and values.</source>
        <translation>`facts`는 사실 이름과 값을 담은 객체여야 합니다.</translation>
    </message>
    <message>
        <source>account_bound needs the bool fact {fact}: declare it in facts.toml.</source>
        <translation>account_bound에는 {fact} 사실(bool)이 필요합니다. facts.toml에 선언해 주세요.</translation>
    </message>
    <message>
        <source>amount must name a money fact: {fact} is none.</source>
        <translation>amount에는 money 사실을 적어야 합니다. {fact} 사실은 money가 아닙니다.</translation>
    </message>
    <message>
        <source>sentences that mean the same are no nearer than others.</source>
        <translation>뜻이 같은 문장이 다른 문장보다 가깝지 않습니다.</translation>
    </message>
    <message>
        <source>the exported graph does not agree with the original (cosine {cosine:.4f}, overlap {overlap:.3f}). Use another model.</source>
        <translation>내보낸 그래프가 원본과 맞지 않습니다(코사인 {cosine:.4f}, 겹침 {overlap:.3f}). 다른 모델을 쓰세요.</translation>
    </message>
    <message>
        <source>the folder has no ONNX graph, and this installation cannot make one. Use a folder with onnx/model.onnx.</source>
        <translation>폴더에 ONNX 그래프가 없고, 이 설치본은 만들 수 없습니다. onnx/model.onnx가 있는 폴더를 사용하세요.</translation>
    </message>
    <message>
        <source>the graph gives another vector each time.</source>
        <translation>그래프가 매번 다른 벡터를 냅니다.</translation>
    </message>
    <message>
        <source>the graph gives vectors that are no numbers.</source>
        <translation>그래프가 숫자가 아닌 벡터를 냅니다.</translation>
    </message>
    <message>
        <source>the vector of a sentence depends on what is encoded beside it.</source>
        <translation>문장의 벡터가 함께 인코딩되는 문장에 따라 달라집니다.</translation>
    </message>
    <message>
        <source>the vectors do not have length one.</source>
        <translation>벡터의 길이가 1이 아닙니다.</translation>
    </message>
    <message>
        <source>the vectors have {found} dimensions, the folder promises {promised}.</source>
        <translation>벡터는 {found}차원인데 폴더에는 {promised}차원이라고 되어 있습니다.</translation>
    </message>
    <message>
        <source>torch gave no graph.</source>
        <translation>torch가 그래프를 내지 않았습니다.</translation>
    </message>
    <message>
        <source>{case}: no alternative left. Add one without `when`, or widen one.</source>
        <translation>{case}: 남는 대안이 없습니다. `when` 없는 대안을 추가하거나 조건을 넓혀 주세요.</translation>
    </message>
    <message>
        <source>{case}: only the customer would have to act. Add an alternative that we own.</source>
        <translation>{case}: 고객만 움직여야 합니다. 당사가 처리하는 대안을 추가해 주세요.</translation>
    </message>
    <message>
        <source>{case}: yes, but nobody may sign that much. Add a decline above the highest limit.</source>
        <translation>{case}: 가능하지만 그 금액을 승인할 사람이 없습니다. 최고 한도를 넘는 경우의 거절을 추가해 주세요.</translation>
    </message>
    <message>
        <source>{fact} has no order, so {operator} does not fit: use is, is not, in or not in.</source>
        <translation>{fact}에는 순서가 없어 {operator} 연산자를 쓸 수 없습니다. is, is not, in, not in을 쓰세요.</translation>
    </message>
    <message>
        <source>{fact} is declared twice: remove one.</source>
        <translation>{fact} 사실이 두 번 선언되었습니다. 하나를 지워 주세요.</translation>
    </message>
    <message>
        <source>{fact} needs its currency, such as USD.</source>
        <translation>{fact}에는 USD와 같은 통화가 필요합니다.</translation>
    </message>
    <message>
        <source>{fact} needs its values, as a list of texts.</source>
        <translation>{fact}에는 값 목록(텍스트)이 필요합니다.</translation>
    </message>
    <message>
        <source>{fact} needs min and max, the smaller first.</source>
        <translation>{fact}에는 min과 max가 필요합니다. 작은 값을 먼저 적어 주세요.</translation>
    </message>
    <message>
        <source>{fault} ({number} in all: run `agentassist policy check {folder}`.)</source>
        <translation>{fault} (모두 {number}건: `agentassist policy check {folder}`로 확인해 주세요.)</translation>
    </message>
    <message>
        <source>{fault} Restore a backup with `agentassist db restore FILE`.</source>
        <translation>{fault} `agentassist db restore FILE`로 백업을 복원해 주세요.</translation>
    </message>
    <message>
        <source>{file} cannot be read as an ONNX graph.</source>
        <translation>{file} 파일을 ONNX 그래프로 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>{file} is a link to another place.</source>
        <translation>{file} 파일은 다른 곳을 가리키는 링크입니다.</translation>
    </message>
    <message>
        <source>{folder} is not a sentence-transformers folder.</source>
        <translation>{folder} 폴더는 sentence-transformers 폴더가 아닙니다.</translation>
    </message>
    <message>
        <source>{key} has {number} different sentences: write at least {least}.</source>
        <translation>{key}의 서로 다른 문장이 {number}개입니다. {least}개 이상 적어 주세요.</translation>
    </message>
    <message>
        <source>{key} is missing here: add it.</source>
        <translation>여기에 {key} 항목이 빠졌습니다. 추가해 주세요.</translation>
    </message>
    <message>
        <source>{key} is set by your administrator and cannot be changed here. Ask for it.</source>
        <translation>{key}은(는) 관리자가 정한 값이라 여기서 바꿀 수 없습니다. 관리자에게 요청하세요.</translation>
    </message>
    <message>
        <source>{key} must be {expected}.</source>
        <translation>{key} 값은 다음이어야 합니다: {expected}.</translation>
    </message>
    <message>
        <source>{key} must be {kind}.</source>
        <translation>{key} 값의 종류가 다릅니다. 필요한 값: {kind}.</translation>
    </message>
    <message>
        <source>{name} has to have {wanted} and nothing else in braces: {sentence}</source>
        <translation>{name}에는 중괄호 안에 {wanted}만 있어야 합니다: {sentence}</translation>
    </message>
    <message>
        <source>{name} has {limit} left for this and {amount} is needed: the {signer} signs it.</source>
        <translation>{name} 님에게 남은 한도는 {limit}이고 필요한 금액은 {amount}입니다. {signer}이(가) 승인합니다.</translation>
    </message>
    <message>
        <source>{name} is no time zone that is known here: write it as Asia/Seoul.</source>
        <translation>{name}은(는) 알 수 없는 시간대입니다. Asia/Seoul처럼 적어 주세요.</translation>
    </message>
    <message>
        <source>{name} may not sign for others. Ask a lead.</source>
        <translation>{name} 님은 다른 사람을 위해 승인할 수 없습니다. 책임자에게 부탁해 주세요.</translation>
    </message>
    <message>
        <source>{number} bundles begin with {text}.</source>
        <translation>{text}(으)로 시작하는 정책 묶음이 {number}개 있습니다.</translation>
    </message>
    <message>
        <source>{number} drafts are called {wanted}: name one by the id that `agentassist policy draft` shows.</source>
        <translation>{wanted}(이)라는 초안이 {number}개 있습니다. `agentassist policy draft`에 보이는 번호로 하나를 지정해 주세요.</translation>
    </message>
    <message>
        <source>{number} more must sign: each types their own login and password.</source>
        <translation>{number}명이 더 승인해야 합니다. 각자 자기 아이디와 비밀번호를 입력합니다.</translation>
    </message>
    <message>
        <source>{number} past refusals of protected requests would fall: {named}. Protected requests stay refused: take this change back.</source>
        <translation>보호 요청을 거절한 과거 결정 {number}건이 뒤집힙니다: {named}. 보호 요청은 계속 거절해야 합니다. 이 변경을 되돌려 주세요.</translation>
    </message>
    <message>
        <source>{other} answers {asked}, not {request}: remove it from `overrides`.</source>
        <translation>{other}은(는) {request}이(가) 아니라 {asked} 요청에 답합니다. `overrides`에서 지워 주세요.</translation>
    </message>
    <message>
        <source>{other} is protected: nothing overrides it. Remove it from `overrides`.</source>
        <translation>{other}은(는) 보호 정책이라 어떤 정책도 우선할 수 없습니다. `overrides`에서 지워 주세요.</translation>
    </message>
    <message>
        <source>{person} has saved this draft since you opened it. Open it again, then repeat your change.</source>
        <translation>여신 뒤에 {person} 님이 이 초안을 저장했습니다. 다시 연 다음 변경을 반복해 주세요.</translation>
    </message>
    <message>
        <source>{policy} and {other} override each other: remove one of the two.</source>
        <translation>{policy}과(와) {other}이(가) 서로 우선합니다. 둘 중 하나를 지워 주세요.</translation>
    </message>
    <message>
        <source>{policy} decided about money and is gone.</source>
        <translation>금액을 결정하던 {policy}이(가) 없어졌습니다.</translation>
    </message>
    <message>
        <source>{policy} decides about money in very many cases.</source>
        <translation>{policy}이(가) 금액을 결정하는 경우가 매우 많습니다.</translation>
    </message>
    <message>
        <source>{policy} grants another amount.</source>
        <translation>{policy}이(가) 다른 금액을 승인합니다.</translation>
    </message>
    <message>
        <source>{policy} is a protected policy.</source>
        <translation>{policy}은(는) 보호 정책입니다.</translation>
    </message>
    <message>
        <source>{policy} is new and decides about money.</source>
        <translation>{policy}은(는) 금액을 결정하는 새 정책입니다.</translation>
    </message>
    <message>
        <source>{policy} is not in force on {day}. Pick another request.</source>
        <translation>{policy} 정책은 {day}에 적용되지 않습니다. 다른 요청을 골라 주세요.</translation>
    </message>
    <message>
        <source>{policy} is protected and stays. To give it up, name it in `retired` in authority.toml first.</source>
        <translation>{policy}은(는) 보호 정책이라 그대로 둡니다. 없애려면 먼저 authority.toml의 `retired`에 적어 주세요.</translation>
    </message>
    <message>
        <source>{policy} is the id of {file} too: rename one.</source>
        <translation>{file}에서도 쓰는 id입니다({policy}). 하나를 바꿔 주세요.</translation>
    </message>
    <message>
        <source>{policy} leaves its safeguard.</source>
        <translation>{policy}이(가) 보호 절차에서 벗어납니다.</translation>
    </message>
    <message>
        <source>{policy} may give more than before: {case}.</source>
        <translation>{policy}에서 전보다 더 드릴 수 있습니다: {case}.</translation>
    </message>
    <message>
        <source>{policy} needs a protected policy behind it that the active policies lack. Run the policy check.</source>
        <translation>{policy} 정책에 필요한 보호 정책이 적용 중인 정책에 없습니다. 정책 검사를 실행해 주세요.</translation>
    </message>
    <message>
        <source>{policy} no longer asks who is calling.</source>
        <translation>{policy}이(가) 더 이상 누가 전화했는지 확인하지 않습니다.</translation>
    </message>
    <message>
        <source>{policy} offers {alternative}, which costs us {after}.</source>
        <translation>{policy}에서 비용 {after}이(가) 드는 {alternative} 대안을 제안합니다.</translation>
    </message>
    <message>
        <source>{policy} speaks in other cases.</source>
        <translation>{policy}이(가) 다른 경우에 적용됩니다.</translation>
    </message>
    <message>
        <source>{policy} stood behind a safeguard and is gone.</source>
        <translation>보호 절차가 앞에 있던 {policy}이(가) 없어졌습니다.</translation>
    </message>
    <message>
        <source>{policy}: {alternative} costs us {after} instead of {before}.</source>
        <translation>{policy}: {alternative}의 비용이 {before}에서 {after}(으)로 바뀝니다.</translation>
    </message>
    <message>
        <source>{reason}</source>
        <translation>{reason}</translation>
    </message>
    <message>
        <source>{request} is the id of a policy that answers {asked}: give this request another name.</source>
        <translation>{request}은(는) {asked} 요청에 답하는 정책의 id입니다. 이 요청에 다른 이름을 붙여 주세요.</translation>
    </message>
    <message>
        <source>{role} is no role. Write one of: {roles}.</source>
        <translation>{role}은(는) 역할이 아닙니다. 다음 가운데 하나를 쓰세요: {roles}.</translation>
    </message>
    <message>
        <source>{text} is no amount. Write it as 40.00.</source>
        <translation>{text}은(는) 금액이 아닙니다. 40.00처럼 입력해 주세요.</translation>
    </message>
    <message>
        <source>{text} is no day: write it as 2026-11-01.</source>
        <translation>{text}은(는) 날짜가 아닙니다. 2026-11-01처럼 적어 주세요.</translation>
    </message>
    <message>
        <source>{text} is no day: write it as 2026-12-31.</source>
        <translation>{text}은(는) 날짜가 아닙니다. 2026-12-31처럼 적어 주세요.</translation>
    </message>
    <message>
        <source>{text} is not a value of {fact}: write {allowed}.</source>
        <translation>{fact}에 쓸 수 없는 값입니다({text}). 쓸 수 있는 값: {allowed}.</translation>
    </message>
</context>
<context>
    <name>evidence</name>
    <message>
        <source>shared {what}</source>
        <translation>함께 쓰는 {what}</translation>
    </message>
    <message>
        <source>{how} {what}</source>
        <translation>{what} {how}</translation>
    </message>
    <message>
        <source>{what}: {how}</source>
        <translation>{what}: {how}</translation>
    </message>
    <message>
        <source>{means} {kind}</source>
        <translation>{kind} {means}</translation>
    </message>
    <message>
        <source>a guess</source>
        <translation>추측</translation>
    </message>
    <message>
        <source>a guess, from: {source}</source>
        <translation>추측, 출처: {source}</translation>
    </message>
</context>
<context>
    <name>fields</name>
    <message>
        <source>name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>tier</source>
        <translation>등급</translation>
    </message>
    <message>
        <source>time zone</source>
        <translation>시간대</translation>
    </message>
    <message>
        <source>address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>post code</source>
        <translation>우편번호</translation>
    </message>
    <message>
        <source>birth date</source>
        <translation>생년월일</translation>
    </message>
</context>
<context>
    <name>formats</name>
    <message>
        <source>Today</source>
        <translation>오늘</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>어제</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count}초</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count}분</translation>
    </message>
    <message>
        <source>{n} d</source>
        <translation>{n}일</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n}시간</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n}분</translation>
    </message>
    <message>
        <source>under a minute</source>
        <translation>1분 미만</translation>
    </message>
</context>
<context>
    <name>holdings</name>
    <message>
        <source>nothing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>주문</translation>
    </message>
    <message>
        <source>Promises</source>
        <translation>약속</translation>
    </message>
    <message>
        <source>Contact points</source>
        <translation>연락처</translation>
    </message>
    <message>
        <source>Likes and needs</source>
        <translation>선호와 요구</translation>
    </message>
    <message>
        <source>Ways to pay</source>
        <translation>결제 수단</translation>
    </message>
    <message>
        <source>Pins</source>
        <translation>고정</translation>
    </message>
    <message>
        <source>Open loops</source>
        <translation>미해결 건</translation>
    </message>
</context>
<context>
    <name>lab</name>
    <message>
        <source>{name}, English</source>
        <translation>{name}, 영어</translation>
    </message>
    <message>
        <source>{name}, Korean</source>
        <translation>{name}, 한국어</translation>
    </message>
    <message>
        <source>Add a ground to decline</source>
        <translation>거절 사유 추가</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>사유</translation>
    </message>
    <message>
        <source>When all of these hold</source>
        <translation>다음을 모두 만족할 때</translation>
    </message>
    <message>
        <source>Name in the file</source>
        <translation>파일 안의 이름</translation>
    </message>
    <message>
        <source>What we offer instead</source>
        <translation>대신 드리는 것</translation>
    </message>
    <message>
        <source>Add an alternative</source>
        <translation>대안 추가</translation>
    </message>
    <message>
        <source>Offer</source>
        <translation>제안</translation>
    </message>
    <message>
        <source>Who does it</source>
        <translation>담당</translation>
    </message>
    <message>
        <source>Meets the need</source>
        <translation>채우는 필요</translation>
    </message>
    <message>
        <source>Only when all of these hold</source>
        <translation>다음을 모두 만족할 때만</translation>
    </message>
    <message>
        <source>Steps for the agent, one a line</source>
        <translation>상담원이 할 일, 한 줄에 하나</translation>
    </message>
    <message>
        <source>Add a condition to the yes</source>
        <translation>조건 추가</translation>
    </message>
    <message>
        <source>Said after the yes</source>
        <translation>가능 안내에 덧붙이는 말</translation>
    </message>
    <message>
        <source>Add a proof</source>
        <translation>증명 추가</translation>
    </message>
    <message>
        <source>Everything that must be proven</source>
        <translation>모두 증명되어야 하는 것</translation>
    </message>
    <message>
        <source>Add a safe path</source>
        <translation>안전한 길 추가</translation>
    </message>
    <message>
        <source>alternatives: {count}</source>
        <translation>대안 {count}개</translation>
    </message>
    <message>
        <source>the last 7 days</source>
        <translation>지난 7일</translation>
    </message>
    <message>
        <source>the last 30 days</source>
        <translation>지난 30일</translation>
    </message>
    <message>
        <source>the last 90 days</source>
        <translation>지난 90일</translation>
    </message>
    <message>
        <source>the last year</source>
        <translation>지난 1년</translation>
    </message>
    <message>
        <source>all decisions</source>
        <translation>모든 결정</translation>
    </message>
    <message>
        <source>Since when</source>
        <translation>기간</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>정책</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>규칙</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>판정</translation>
    </message>
    <message>
        <source>Overridden</source>
        <translation>예외 승인됨</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>비율</translation>
    </message>
    <message>
        <source>When</source>
        <translation>언제</translation>
    </message>
    <message>
        <source>What</source>
        <translation>내용</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>누가</translation>
    </message>
    <message>
        <source>State</source>
        <translation>상태</translation>
    </message>
    <message>
        <source>Bundle</source>
        <translation>묶음</translation>
    </message>
    <message>
        <source>never</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>Add a test</source>
        <translation>테스트 추가</translation>
    </message>
    <message>
        <source>Then the answer is</source>
        <translation>판정</translation>
    </message>
    <message>
        <source>With exactly these alternatives (none pressed: any)</source>
        <translation>정확히 이 대안들과 함께 (고르지 않으면 상관없음)</translation>
    </message>
    <message>
        <source>nothing is known</source>
        <translation>알려진 것 없음</translation>
    </message>
</context>
<context>
    <name>lab-words</name>
    <message>
        <source>Retail</source>
        <translation>유통</translation>
    </message>
    <message>
        <source>Hotel</source>
        <translation>호텔</translation>
    </message>
    <message>
        <source>Telecom</source>
        <translation>통신</translation>
    </message>
    <message>
        <source>Bank</source>
        <translation>은행</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>공통</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>안전</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>보안</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>개인정보</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>건강</translation>
    </message>
    <message>
        <source>Ethics</source>
        <translation>윤리</translation>
    </message>
    <message>
        <source>Callers who are not verified</source>
        <translation>본인 확인이 안 된 발신자</translation>
    </message>
    <message>
        <source>Somebody else&apos;s account</source>
        <translation>다른 사람의 계정</translation>
    </message>
    <message>
        <source>Passwords and codes</source>
        <translation>비밀번호와 인증 번호</translation>
    </message>
    <message>
        <source>SIM and number</source>
        <translation>유심과 번호</translation>
    </message>
    <message>
        <source>Payees</source>
        <translation>수취인</translation>
    </message>
    <message>
        <source>Contact data</source>
        <translation>연락처 정보</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>초안</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>검토 중</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>승인됨</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>적용 중</translation>
    </message>
    <message>
        <source>Replaced</source>
        <translation>대체됨</translation>
    </message>
    <message>
        <source>Discarded</source>
        <translation>버림</translation>
    </message>
    <message>
        <source>New</source>
        <translation>새로움</translation>
    </message>
    <message>
        <source>Added</source>
        <translation>추가</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>바뀜</translation>
    </message>
    <message>
        <source>approved</source>
        <translation>승인</translation>
    </message>
    <message>
        <source>sent back</source>
        <translation>돌려보냄</translation>
    </message>
    <message>
        <source>policy</source>
        <translation>정책</translation>
    </message>
    <message>
        <source>decline</source>
        <translation>거절</translation>
    </message>
    <message>
        <source>alternative</source>
        <translation>대안</translation>
    </message>
    <message>
        <source>yes, if</source>
        <translation>조건부 가능</translation>
    </message>
    <message>
        <source>proof</source>
        <translation>증명</translation>
    </message>
    <message>
        <source>safe path</source>
        <translation>안전한 길</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>한도</translation>
    </message>
    <message>
        <source>fact</source>
        <translation>사실</translation>
    </message>
    <message>
        <source>test</source>
        <translation>테스트</translation>
    </message>
    <message>
        <source>text</source>
        <translation>문구</translation>
    </message>
    <message>
        <source>wording</source>
        <translation>표현</translation>
    </message>
    <message>
        <source>ranking</source>
        <translation>순위</translation>
    </message>
    <message>
        <source>surprise</source>
        <translation>깜짝 선물</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>가능</translation>
    </message>
    <message>
        <source>question</source>
        <translation>질문</translation>
    </message>
    <message>
        <source>refusal</source>
        <translation>보호 거절</translation>
    </message>
    <message>
        <source>lead</source>
        <translation>책임자</translation>
    </message>
    <message>
        <source>supervisor</source>
        <translation>관리자</translation>
    </message>
    <message>
        <source>agent</source>
        <translation>상담원</translation>
    </message>
    <message>
        <source>from the folder</source>
        <translation>폴더에서</translation>
    </message>
    <message>
        <source>from the lab</source>
        <translation>실험실에서</translation>
    </message>
    <message>
        <source>rolled back</source>
        <translation>되돌림</translation>
    </message>
</context>
<context>
    <name>matrix</name>
    <message>
        <source>unchanged</source>
        <translation>그대로</translation>
    </message>
    <message>
        <source>better for the customer</source>
        <translation>고객에게 나아짐</translation>
    </message>
    <message>
        <source>worse for the customer</source>
        <translation>고객에게 나빠짐</translation>
    </message>
    <message>
        <source>protected answer changes</source>
        <translation>보호 판정이 바뀜</translation>
    </message>
</context>
<context>
    <name>operators</name>
    <message>
        <source>is</source>
        <translation>같음</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>다름</translation>
    </message>
    <message>
        <source>is one of</source>
        <translation>다음 중 하나</translation>
    </message>
    <message>
        <source>is none of</source>
        <translation>다음이 아님</translation>
    </message>
    <message>
        <source>from … to …</source>
        <translation>… 부터 … 까지</translation>
    </message>
    <message>
        <source>at least</source>
        <translation>이상</translation>
    </message>
    <message>
        <source>more than</source>
        <translation>초과</translation>
    </message>
    <message>
        <source>at most</source>
        <translation>이하</translation>
    </message>
    <message>
        <source>less than</source>
        <translation>미만</translation>
    </message>
</context>
<context>
    <name>prompt</name>
    <message>
        <source>Calm</source>
        <translation>차분</translation>
    </message>
    <message>
        <source>Hurried</source>
        <translation>급함</translation>
    </message>
    <message>
        <source>Upset</source>
        <translation>속상함</translation>
    </message>
    <message>
        <source>begging</source>
        <translation>간청</translation>
    </message>
    <message>
        <source>hurry</source>
        <translation>재촉</translation>
    </message>
    <message>
        <source>pulling rank</source>
        <translation>지위 내세움</translation>
    </message>
    <message>
        <source>threat</source>
        <translation>협박</translation>
    </message>
    <message>
        <source>from the customer&apos;s record</source>
        <translation>고객 기록</translation>
    </message>
    <message>
        <source>from the order</source>
        <translation>주문 기록</translation>
    </message>
    <message>
        <source>from the call</source>
        <translation>통화에서</translation>
    </message>
    <message>
        <source>found out by you</source>
        <translation>직접 확인</translation>
    </message>
    <message>
        <source>from the clock</source>
        <translation>시계 기준</translation>
    </message>
    <message>
        <source>you decide</source>
        <translation>상담원 결정</translation>
    </message>
    <message>
        <source>your lead signs</source>
        <translation>책임자 승인</translation>
    </message>
    <message>
        <source>your supervisor signs</source>
        <translation>관리자 승인</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>안전</translation>
    </message>
    <message>
        <source>Security</source>
        <translation>보안</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>개인정보</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>건강</translation>
    </message>
    <message>
        <source>Ethics</source>
        <translation>윤리</translation>
    </message>
    <message>
        <source>your limit is {limit}</source>
        <translation>상담원 한도 {limit}</translation>
    </message>
    <message>
        <source>{limit} is left for this customer in 90 days</source>
        <translation>이 고객의 90일 한도 중 {limit} 남음</translation>
    </message>
    <message>
        <source>{limit} is left of your day</source>
        <translation>오늘 한도 중 {limit} 남음</translation>
    </message>
    <message>
        <source>not {value}</source>
        <translation>{value} 아님</translation>
    </message>
    <message>
        <source>at least {value}</source>
        <translation>{value} 이상</translation>
    </message>
    <message>
        <source>more than {value}</source>
        <translation>{value} 초과</translation>
    </message>
    <message>
        <source>at most {value}</source>
        <translation>{value} 이하</translation>
    </message>
    <message>
        <source>less than {value}</source>
        <translation>{value} 미만</translation>
    </message>
    <message>
        <source>above everybody&apos;s limit</source>
        <translation>모두의 한도를 넘음</translation>
    </message>
    <message>
        <source>costs us {amount}</source>
        <translation>당사 비용 {amount}</translation>
    </message>
    <message>
        <source>brings {needs}</source>
        <translation>{needs} 충족</translation>
    </message>
    <message>
        <source>taken before</source>
        <translation>전에 선택하심</translation>
    </message>
    <message>
        <source>turned down before</source>
        <translation>전에 거절하심</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>No</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>now {value}</source>
        <translation>지금 {value}</translation>
    </message>
    <message>
        <source>any</source>
        <translation>아무 값</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} ~ {high}</translation>
    </message>
    <message>
        <source>{first} or {second}</source>
        <translation>{first} 또는 {second}</translation>
    </message>
</context>
<context>
    <name>queue</name>
    <message>
        <source>{time} late</source>
        <translation>{time} 지남</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>{time} 남음</translation>
    </message>
    <message>
        <source>Public</source>
        <translation>공개</translation>
    </message>
    <message>
        <source>Complaint, not confirmed</source>
        <translation>불만, 고객 확인 전</translation>
    </message>
    <message>
        <source>with {name}</source>
        <translation>담당 {name}</translation>
    </message>
    <message>
        <source>Unknown customer</source>
        <translation>알 수 없는 고객</translation>
    </message>
</context>
<context>
    <name>states</name>
    <message>
        <source>active</source>
        <translation>이용 중</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>답변함</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>취소됨</translation>
    </message>
    <message>
        <source>checked in</source>
        <translation>투숙 중</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>종료</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>confirmed</source>
        <translation>확정</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>배송 완료</translation>
    </message>
    <message>
        <source>exchange requested</source>
        <translation>교환 요청</translation>
    </message>
    <message>
        <source>in transit</source>
        <translation>배송 중</translation>
    </message>
    <message>
        <source>new</source>
        <translation>새로 접수</translation>
    </message>
    <message>
        <source>on hold</source>
        <translation>보류</translation>
    </message>
    <message>
        <source>open</source>
        <translation>열림</translation>
    </message>
    <message>
        <source>out for delivery</source>
        <translation>배달 중</translation>
    </message>
    <message>
        <source>packed</source>
        <translation>포장 완료</translation>
    </message>
    <message>
        <source>paid</source>
        <translation>결제 완료</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>접수 대기</translation>
    </message>
    <message>
        <source>processing</source>
        <translation>처리 중</translation>
    </message>
    <message>
        <source>received</source>
        <translation>접수됨</translation>
    </message>
    <message>
        <source>return requested</source>
        <translation>반품 요청</translation>
    </message>
    <message>
        <source>returned</source>
        <translation>반품됨</translation>
    </message>
    <message>
        <source>shipped</source>
        <translation>발송됨</translation>
    </message>
    <message>
        <source>solved</source>
        <translation>해결</translation>
    </message>
</context>
<context>
    <name>values</name>
    <message>
        <source>Yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>No</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>값</translation>
    </message>
    <message>
        <source>From</source>
        <translation>부터</translation>
    </message>
    <message>
        <source>To</source>
        <translation>까지</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>Call</source>
        <translation>전화</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>이메일</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>채팅</translation>
    </message>
    <message>
        <source>SMS</source>
        <translation>문자</translation>
    </message>
    <message>
        <source>Social</source>
        <translation>소셜</translation>
    </message>
    <message>
        <source>Web</source>
        <translation>웹</translation>
    </message>
    <message>
        <source>Purchase</source>
        <translation>구매</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>메모</translation>
    </message>
    <message>
        <source>Ringing</source>
        <translation>벨 울림</translation>
    </message>
    <message>
        <source>Talking</source>
        <translation>통화 중</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>통화 종료</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>고객</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>상담원</translation>
    </message>
    <message>
        <source>from the customer</source>
        <translation>고객이 보냄</translation>
    </message>
    <message>
        <source>from us</source>
        <translation>당사가 보냄</translation>
    </message>
    <message>
        <source>internal</source>
        <translation>내부</translation>
    </message>
    <message>
        <source>open</source>
        <translation>열림</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>답변함</translation>
    </message>
    <message>
        <source>done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>phone number</source>
        <translation>전화번호</translation>
    </message>
    <message>
        <source>e-mail address</source>
        <translation>이메일 주소</translation>
    </message>
    <message>
        <source>social handle</source>
        <translation>소셜 계정</translation>
    </message>
    <message>
        <source>account number</source>
        <translation>계좌·회원 번호</translation>
    </message>
    <message>
        <source>order number</source>
        <translation>주문 번호</translation>
    </message>
    <message>
        <source>id number</source>
        <translation>신분 번호</translation>
    </message>
    <message>
        <source>same</source>
        <translation>일치</translation>
    </message>
    <message>
        <source>same without extension</source>
        <translation>내선 제외 일치</translation>
    </message>
    <message>
        <source>same last 8 digits</source>
        <translation>끝 8자리 일치</translation>
    </message>
    <message>
        <source>purchase with this number</source>
        <translation>구매 내역 일치</translation>
    </message>
    <message>
        <source>name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>birth date</source>
        <translation>생년월일</translation>
    </message>
    <message>
        <source>address</source>
        <translation>주소</translation>
    </message>
    <message>
        <source>postal code</source>
        <translation>우편번호</translation>
    </message>
    <message>
        <source>spelt otherwise</source>
        <translation>다른 표기</translation>
    </message>
    <message>
        <source>short form</source>
        <translation>줄임 이름</translation>
    </message>
    <message>
        <source>similar</source>
        <translation>비슷함</translation>
    </message>
    <message>
        <source>the same in part</source>
        <translation>일부 동일</translation>
    </message>
    <message>
        <source>shared by many</source>
        <translation>여러 명이 함께 씀</translation>
    </message>
    <message>
        <source>maybe the same</source>
        <translation>같을 수 있음</translation>
    </message>
    <message>
        <source>different</source>
        <translation>다름</translation>
    </message>
    <message>
        <source>different id numbers</source>
        <translation>신분증 번호가 다름</translation>
    </message>
    <message>
        <source>different birth dates</source>
        <translation>생년월일이 다름</translation>
    </message>
    <message>
        <source>different given names</source>
        <translation>이름이 다름</translation>
    </message>
    <message>
        <source>different names</source>
        <translation>성명이 다름</translation>
    </message>
    <message>
        <source>told apart by a person</source>
        <translation>상담원이 다른 사람으로 확인함</translation>
    </message>
    <message>
        <source>YES</source>
        <translation>가능</translation>
    </message>
    <message>
        <source>YES, IF</source>
        <translation>조건부 가능</translation>
    </message>
    <message>
        <source>ASK</source>
        <translation>먼저 확인</translation>
    </message>
    <message>
        <source>INSTEAD</source>
        <translation>대안 안내</translation>
    </message>
    <message>
        <source>PROTECTED</source>
        <translation>보호</translation>
    </message>
    <message>
        <source>we do it</source>
        <translation>당사 처리</translation>
    </message>
    <message>
        <source>together</source>
        <translation>공동 처리</translation>
    </message>
    <message>
        <source>customer does it</source>
        <translation>고객 처리</translation>
    </message>
    <message>
        <source>true</source>
        <translation>충족</translation>
    </message>
    <message>
        <source>not true</source>
        <translation>미충족</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>확인 안 됨</translation>
    </message>
    <message>
        <source>Resolved</source>
        <translation>해결</translation>
    </message>
    <message>
        <source>Follow-up needed</source>
        <translation>후속 조치 필요</translation>
    </message>
    <message>
        <source>Transferred</source>
        <translation>이관</translation>
    </message>
    <message>
        <source>Declined</source>
        <translation>요청 불가</translation>
    </message>
    <message>
        <source>Nobody on the line</source>
        <translation>응답 없음</translation>
    </message>
    <message>
        <source>Wrong number</source>
        <translation>잘못 걸린 전화</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>문의</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>처리</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>남은 일</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>약속</translation>
    </message>
    <message>
        <source>In 1 hour</source>
        <translation>1시간 안에</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>오늘</translation>
    </message>
    <message>
        <source>Tomorrow</source>
        <translation>내일</translation>
    </message>
    <message>
        <source>agent</source>
        <translation>상담원</translation>
    </message>
    <message>
        <source>lead</source>
        <translation>책임자</translation>
    </message>
    <message>
        <source>supervisor</source>
        <translation>관리자</translation>
    </message>
    <message>
        <source>Unanswered</source>
        <translation>답변 대기</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>불만</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>약속</translation>
    </message>
</context>
</TS>
