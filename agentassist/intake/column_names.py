# SPDX-License-Identifier: Apache-2.0
"""The names under which other systems export our fields, English and Korean."""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from agentassist.domain.importing import RecordKind

_PERSON = {
    "customer_id": "customer_id customer_no customer_number customer_ref client_id contact_id "
    "user_id "
    "member_id customerid 고객번호 고객_번호 고객id 고객_id 회원번호 회원id",
    "name": "name full_name customer_name customer contact_name display_name person 이름 성명 "
    "고객명 "
    "고객_이름 고객이름 회원명",
    "email": "email e_mail mail email_address e_mail_address customer_email work_email "
    "private_email "
    "from_email sender_email 이메일 이메일주소 이메일_주소 메일 메일주소 전자우편",
    "phone": "phone phone_number telephone tel mobile mobile_phone cell cell_phone home_phone "
    "work_phone phone_home phone_work phone_mobile telephone_number caller caller_id "
    "caller_number "
    "msisdn 전화 전화번호 전화_번호 휴대폰 휴대폰번호 휴대전화 핸드폰 연락처 발신번호",
    "handle": "handle username user_name screen_name twitter x_handle instagram facebook "
    "telegram "
    "whatsapp kakao kakaotalk kakao_id social_handle 카카오톡 카카오톡id 인스타그램 아이디 핸들",
    "account": "account account_number account_no account_id contract contract_number 계정 "
    "계정번호 "
    "계좌번호 계약번호",
    "zip": "zip zip_code zipcode postal_code postcode post_code postal plz 우편번호 우편_번호",
}
_CUSTOMERS = _PERSON | {
    "customer_id": _PERSON["customer_id"] + " id record_id",
    "first_name": "first_name given_name firstname forename 이름_명",
    "last_name": "last_name family_name surname lastname 성",
    "address": "address address1 address2 address_1 address_2 address_line_1 address_line_2 "
    "street "
    "street_number house_number street_no house_no unit_number flat_number "
    "street_address street_name 주소 주소1 주소2 상세주소 도로명주소",
    "city": "city town locality suburb 도시 시군구",
    "state": "state province region county 도 시도",
    "country": "country country_code 국가 나라",
    "birth_date": "birth_date birthdate birthday date_of_birth dob born born_on 생년월일 생일 "
    "출생일",
    "id_number": "id_number national_id identity_number soc_sec_id social_security_number ssn "
    "passport_number personal_id 신분증번호 여권번호",
    "organisation": "organisation organization company company_name organization_name employer "
    "회사 회사명 소속 법인명",
    "language": "language lang locale preferred_language 언어 선호언어",
    "tier": "tier level membership member_level loyalty loyalty_level status_level segment "
    "vip 등급 "
    "회원등급 멤버십",
    "time_zone": "time_zone timezone tz 시간대",
}
_ORDER_NUMBER = (
    "order_number order_no order_id order orderid booking_number booking_id reservation_id "
    "reservation_number contract_number invoice_number 주문번호 주문_번호 예약번호 계약번호"
)
_MONEY = {"currency": "currency currency_code 통화"}
_ORDERS = (
    _PERSON
    | _MONEY
    | {
        "order_number": _ORDER_NUMBER + " id",
        "status": "status order_status state 상태 주문상태 진행상태",
        "total": "total amount amount_paid total_amount total_price grand_total price sum "
        "paid 금액 "
        "총액 결제금액 주문금액 총금액",
        "payment": "payment payment_method payment_method_id payment_type paid_with 결제수단 "
        "결제방법",
        "ordered_at": "ordered_at order_date date created_at purchase_date purchased_at "
        "placed_at "
        "timestamp booked_at 주문일 주문일시 주문일자 구매일 예약일 결제일시",
        "delivered_at": "delivered_at delivery_date delivered_on delivered arrived_at received_on "
        "배송완료일 배송완료일시 수령일",
        "text": "text body messages transcript",
        "tracking": "tracking tracking_id tracking_ids tracking_number shipment 운송장 "
        "운송장번호 송장번호",
        "zip": _PERSON["zip"] + " ship_zip shipping_zip delivery_zip",
    }
)
_ORDER_ITEMS = (
    _PERSON
    | _MONEY
    | {
        "order_number": _ORDER_NUMBER,
        "item_id": "item_id sku item_no item_number article_number variant_id 품번 상품코드 "
        "상품번호",
        "name": "name product_name item_name title product description item 상품명 품명 "
        "제품명 상품",
        "price": "price unit_price amount item_price 가격 단가 금액",
        "quantity": "quantity qty count pieces 수량 개수",
        "options": "options variant option attributes details 옵션 선택사항",
        "text": "text body messages transcript",
    }
)
_PAYMENT_METHODS = (
    _PERSON
    | _MONEY
    | {
        "payment_id": "payment_method_id payment_id method_id id 결제수단번호 결제수단id",
        "kind": "source kind type payment_type method payment_method 결제수단 종류",
        "brand": "brand card_brand network issuer 카드사 브랜드",
        "last_four": "last_four last4 last_4 card_last_four ending 끝네자리 카드끝자리 뒷자리",
        "balance": "balance remaining credit 잔액",
        "order_number": _ORDER_NUMBER,
        "text": "text body messages transcript",
    }
)
_INTERACTIONS = _PERSON | {
    "id": "id note_id chat_id message_id interaction_id ticket_id call_id "
    "email_id post_id event_id uuid record_id case_id 번호 상담번호 상담id 메시지id 문의번호",
    "channel": "channel medium via source_channel contact_type 채널 접수채널 상담채널 유형",
    "text": "text body content message messages note notes transcript comment description post "
    "remarks log 내용 본문 메모 상담내용 상담메모 대화 메시지 문의내용",
    "subject": "subject title topic summary reason 제목 주제 요약",
    "at": "at occurred_at created_at date time datetime date_time timestamp sent_at received_at "
    "started_at start_time call_time posted_at visited_at when created created_on date_created "
    "created_date creation_date occurred occurred_on contacted_at contact_date contact_time "
    "call_date event_time event_date logged_at recorded_at start_date time_stamp ts "
    "일시 날짜 시간 시각 일자 상담일시 상담일 상담일자 상담시간 접수일시 접수일 접수일자 등록일 "
    "등록일시 작성일 작성일시 생성일 생성일시 발생일시 발생일 통화일시",
    "zone": "zone time_zone timezone tz utc_offset 시간대",
    "direction": "direction in_out inbound_outbound 방향 수발신",
    "author": "author agent agent_name operator handled_by user written_by 작성자 상담원 "
    "상담사 담당자",
    "status": "status state outcome disposition 상태 처리상태 결과",
    "conversation": "conversation conversation_id convo_id thread thread_id conversation_ref case "
    "대화번호 대화id",
    "links": "links",
    "order_number": _ORDER_NUMBER,
    "first_name": "first_name given_name",
    "address": "address address1 address_1 street 주소",
    "tier": "tier loyalty membership member_level",
    "ordered_at": "ordered_at order_date purchase_date purchased_at",
    "name": _PERSON["name"],
    "from": "from sender from_name 보낸사람 발신자",
    "to": "to recipient callee to_number to_email dialled 받는사람 수신자",
}


def normalised(name: str) -> str:
    """Return a column name in lower case, words joined by underscores."""
    folded = unicodedata.normalize("NFKC", name)
    folded = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", folded).casefold()
    return re.sub(r"[\W_]+", "_", folded).strip("_")


def _split(fields: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    return MappingProxyType({field: frozenset(names.split()) for field, names in fields.items()})


NAMES: Mapping[RecordKind, Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        RecordKind.CUSTOMERS: _split(_CUSTOMERS),
        RecordKind.ORDERS: _split(_ORDERS),
        RecordKind.ORDER_ITEMS: _split(_ORDER_ITEMS),
        RecordKind.PAYMENT_METHODS: _split(_PAYMENT_METHODS),
        RecordKind.INTERACTIONS: _split(_INTERACTIONS),
    }
)
"""For each kind of record: field to the names of columns that feed it."""

UNREAD: Mapping[RecordKind, frozenset[str]] = MappingProxyType(
    {
        RecordKind.ORDERS: frozenset({"text", "tracking"}),
        RecordKind.ORDER_ITEMS: frozenset({*_PERSON, "text"} - {"name"}),
        RecordKind.PAYMENT_METHODS: frozenset({"order_number", "text"}),
    }
)
"""Fields that only tell one kind of record from another: what they hold is not stored."""

SEVERAL = frozenset({"email", "phone", "handle", "account", "address", "tracking"})
"""Fields that more than one column may feed."""
