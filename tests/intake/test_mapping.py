# SPDX-License-Identifier: Apache-2.0
import pytest

from agentassist.domain.importing import RawRecord, RecordKind
from agentassist.errors import BadInput, Place, UserError
from agentassist.intake.column_names import normalised
from agentassist.intake.mapping import detect, map_columns, mapped

KNOWN = [
    ("customer_id,first_name,last_name,email,zip", RecordKind.CUSTOMERS),
    ("고객번호,이름,휴대폰,이메일,등급", RecordKind.CUSTOMERS),
    ("Name,E-Mail,Notes,Address", RecordKind.CUSTOMERS),
    ("order_id,customer_id,status,amount_paid,payment_method_id", RecordKind.ORDERS),
    ("주문번호,고객번호,주문상태,결제금액", RecordKind.ORDERS),
    ("order_id,item_id,product_id,name,price,options", RecordKind.ORDER_ITEMS),
    ("payment_method_id,customer_id,source,brand,last_four,balance", RecordKind.PAYMENT_METHODS),
    ("note_id,channel,text", RecordKind.INTERACTIONS),
    ("상담일시,채널,고객번호,상담내용", RecordKind.INTERACTIONS),
    ("convo_id,scenario.personal.email,scenario.order.order_id,messages", RecordKind.INTERACTIONS),
    ("x,y,z", None),
]


@pytest.mark.parametrize(("columns", "kind"), KNOWN)
def test_the_kind_is_told_by_the_columns(columns: str, kind: RecordKind | None) -> None:
    assert detect(columns.split(",")) == kind


@pytest.mark.parametrize(
    ("name", "plain"),
    [("Customer ID", "customer_id"), ("customerId", "customer_id"), (" E-Mail ", "e_mail")],
)
def test_names_are_compared_in_one_form(name: str, plain: str) -> None:
    assert normalised(name) == plain


def test_one_field_may_have_several_columns() -> None:
    columns = map_columns(RecordKind.CUSTOMERS, ["name", "phone", "Mobile", "work phone", "phone2"])
    assert columns.fields["phone"] == ("phone", "Mobile", "work phone", "phone2")
    record = RawRecord(Place("f", 2), {"phone": " ", "Mobile": "1 ", "work phone": "2"})
    assert columns.one(record, "phone") == "1"
    assert columns.all(record, "phone") == [("Mobile", "1"), ("work phone", "2")]


def test_what_the_person_says_goes_first() -> None:
    columns = map_columns(RecordKind.CUSTOMERS, ["name", "alias"], {"name": "alias"})
    assert columns.fields["name"] == ("alias",)
    assert columns.ignored == ("name",)


def test_a_path_is_known_by_its_last_part() -> None:
    columns = map_columns(RecordKind.INTERACTIONS, ["scenario.personal.email", "messages"])
    assert columns.fields["email"] == ("scenario.personal.email",)


@pytest.mark.parametrize("explicit", [{"colour": "name"}, {"name": "nowhere"}])
def test_fields_and_columns_must_exist(explicit: dict[str, str]) -> None:
    with pytest.raises(UserError, match="are: "):
        map_columns(RecordKind.CUSTOMERS, ["name"], explicit)


def test_what_is_missing_is_named() -> None:
    with pytest.raises(BadInput, match="--kind"):
        mapped("f.csv", ["x"], None)
    with pytest.raises(BadInput, match="--map order_number=COLUMN"):
        mapped("f.csv", ["customer_id", "status"], RecordKind.ORDERS)


@pytest.mark.parametrize(
    "name", ["when", "Time", "timestamp", "created", "date", "createdOn", "Contact date", "접수일"]
)
def test_a_time_of_a_contact_has_many_names(name: str) -> None:
    assert map_columns(RecordKind.INTERACTIONS, ["text", name]).fields["at"] == (name,)


def test_a_column_that_only_tells_the_kind_is_not_used() -> None:
    columns = map_columns(RecordKind.ORDERS, ["order_id", "tracking", "status", "what"])
    assert (columns.ignored, columns.unused) == (("what",), ("tracking", "what"))
