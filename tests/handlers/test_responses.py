"""An HTTP response, however its bytes are cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handlers.responses import Reading, Response, UnreadableResponseError

BODY = '{"ok":true,"result":"评"}'.encode()
SIZED = b"HTTP/1.1 200 OK\r\nServer: nginx\r\ncontent-LENGTH: %d\r\n\r\n%b" % (len(BODY), BODY)
IN_PIECES = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n"
    b"5;name=value\r\n" + BODY[:5] + b"\r\n%X\r\n" % len(BODY[5:]) + BODY[5:] + b"\r\n0\r\nX-Sum: 1\r\n\r\n"
)
WHOLE = {
    "sized": (SIZED, Response(200, BODY, keeps=True)),
    "in pieces": (IN_PIECES, Response(200, BODY, keeps=True)),
    "after an interim one": (b"HTTP/1.1 100 Continue\r\n\r\n" + SIZED, Response(200, BODY, keeps=True)),
    "empty": (b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", Response(502, b"", keeps=True)),
    "that has none": (b"HTTP/1.1 204 No Content\r\n\r\n", Response(204, b"", keeps=True)),
    "of a server that closes": (
        b"HTTP/1.1 429 Too Many\r\nConnection: Close\r\nContent-Length: 2\r\n\r\n{}",
        Response(429, b"{}", keeps=False),
    ),
    "of an old server": (b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\n{}", Response(200, b"{}", keeps=False)),
}


def read(pieces: list[bytes]) -> Response | None:
    reading = Reading()
    responses = [reading.feed(piece) for piece in pieces]
    assert responses[:-1] == [None] * (len(pieces) - 1)
    return responses[-1]


@pytest.mark.parametrize("case", WHOLE)
@given(data=st.data())
def test_a_response_is_the_same_however_it_is_cut(case: str, data: st.DataObject) -> None:
    raw, response = WHOLE[case]
    cuts = sorted(data.draw(st.sets(st.integers(1, len(raw) - 1), max_size=8)))
    pieces = [raw[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(raw)], strict=True)]
    assert read(pieces) == response


@pytest.mark.parametrize("case", WHOLE)
@given(data=st.data())
def test_a_part_of_a_response_is_none_yet_and_none_at_the_end(case: str, data: st.DataObject) -> None:
    raw, _ = WHOLE[case]
    reading = Reading()
    assert reading.feed(raw[: data.draw(st.integers(0, len(raw) - 1))]) is None
    assert reading.end() is None


def test_a_response_without_a_length_ends_with_its_connection() -> None:
    reading = Reading()
    assert reading.feed(b"HTTP/1.1 200 OK\r\n\r\n" + BODY[:7]) is None
    assert reading.feed(BODY[7:]) is None
    assert reading.end() == Response(200, BODY, keeps=False)


@pytest.mark.parametrize("case", [name for name, (_, response) in WHOLE.items() if response.keeps])
def test_a_connection_that_says_more_than_the_response_is_not_kept(case: str) -> None:
    raw, response = WHOLE[case]
    assert read([raw + b"HTTP/1.1 200 OK\r\n"]) == Response(response.status, response.body, keeps=False)


@pytest.mark.parametrize(
    "raw",
    [
        b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
        b"HTTP/2 200 OK\r\n\r\n",
        b"HTTP/1.1 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1, 1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000,
    ],
)
def test_what_is_no_response_is_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableResponseError):
        Reading().feed(raw)


@pytest.mark.parametrize(
    "head", [b"\r\n", b"Transfer-Encoding: chunked\r\n\r\nFFF\r\n", b"Content-Length: 4095\r\n\r\n"]
)
def test_a_response_that_does_not_end_is_refused(head: bytes) -> None:
    reading = Reading(largest=1000)
    assert reading.feed(b"HTTP/1.1 200 OK\r\n" + head) is None
    with pytest.raises(UnreadableResponseError):
        reading.feed(b"x" * 1001)
