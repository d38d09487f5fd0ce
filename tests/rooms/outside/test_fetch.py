"""The one door to the outside: no private network, no way in by redirect or by a name that changes, no end without end."""

import gzip
import re
import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from itertools import count
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from integration.outside.addresses import Guard, is_public, resolved
from integration.outside.fetch import MOST, Fetched, fetch
from integration.outside.trouble import NotFetched
from tests.rooms.outside.server import GUARD, HERE, Page, Served, answering, serving

HTML = ("text/html",)


@pytest.fixture
def served() -> Iterator[Served]:
    with serving({"/": Page("<title>Reefs</title>")}) as one:
        yield one


def got(address: str, guard: Guard = GUARD) -> Fetched:
    return fetch(guard, address, HTML)


def why_not(address: str, guard: Guard = GUARD) -> str:
    with pytest.raises(NotFetched) as caught:
        fetch(guard, address, HTML)
    return str(caught.value)


def test_a_page_is_read_with_no_cookie_no_referrer_and_one_name(served: Served) -> None:
    answer = got(f"{served.root}/")
    assert (answer.type, answer.charset, answer.body) == ("text/html", "utf-8", b"<title>Reefs</title>")
    told = served.asked[0][1]
    assert told["User-Agent"].startswith("Throughline") and not {"Cookie", "Referer", "Authorization"} & told.keys()


@pytest.mark.parametrize("address", [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.0.1", "169.254.169.254", "172.16.0.1",
    "172.31.255.1", "192.0.0.1", "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.1", "203.0.113.9", "224.0.0.1", "239.1.1.1",
    "240.0.0.1", "255.255.255.255", "192.88.99.1", "::", "::1",
    "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:10.0.0.1",
    "fe80::1", "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "2001:db8::1", "2002:7f00:1::", "2001:0:7f00:1::",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1",
])
def test_no_address_inside_is_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.216.34", "::ffff:8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_an_address_of_the_open_internet_is_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]",
                                  "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0"])
def test_this_machine_is_never_asked_however_its_address_is_written(served: Served, host: str) -> None:
    port = served.root.rpartition(":")[2]
    assert "private network" in why_not(f"http://{host}:{port}/", Guard())
    assert served.asked == []


@pytest.mark.parametrize("address", [
    "file:///etc/passwd", "gopher://127.0.0.1/", "ftp://example.com/", "data:text/html,hello", "javascript:alert(1)",
    "//example.com/", "http://", "http://user:pass@example.com/", "http://example.com\\@127.0.0.1/", "http://exa mple.com/",
    "http://example.com:99999/",
    "http://example.com/\r\nX: y", "unix:/var/run/docker.sock",
])
def test_what_is_no_plain_web_address_is_not_asked(address: str) -> None:
    assert "address" in why_not(address)


def test_a_public_server_is_asked_at_the_webs_own_ports_only() -> None:
    public = Guard(resolve=answering("93.184.216.34"))
    assert public.checked("books.test", 443) == "93.184.216.34"
    for port in (22, 25, 3306, 6379, 8080):
        with pytest.raises(NotFetched, match="private network"):
            public.checked("books.test", port)


def test_a_name_with_one_address_inside_is_not_asked_at_its_other(served: Served) -> None:
    mixed = Guard(resolve=answering("93.184.216.34", "10.0.0.1"))
    assert "private network" in why_not("https://books.test/", mixed)


def test_a_name_that_changes_its_address_is_asked_where_it_was_checked(served: Served) -> None:
    turns = count()
    flips = Guard(HERE, resolve=lambda _host, _port: ["127.0.0.1"] if next(turns) == 0 else ["169.254.169.254"])
    port = served.root.rpartition(":")[2]
    assert got(f"http://rebind.test:{port}/", flips).body
    assert "private network" in why_not(f"http://rebind.test:{port}/", flips)
    assert [told["Host"] for _path, told in served.asked] == [f"rebind.test:{port}"]


def test_a_name_nobody_knows_is_said_so() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    assert "No server of this name" in why_not("https://nowhere.test/", Guard(resolve=unknown))


def test_a_redirect_is_followed_three_times_and_no_further(served: Served) -> None:
    served.pages |= {f"/{at}": Page(status=302, headers={"Location": f"/{at - 1}" if at else "/"}) for at in range(4)}
    assert got(f"{served.root}/2").address == f"{served.root}/"
    assert "on and on" in why_not(f"{served.root}/3")


@pytest.mark.parametrize("inward", [
    "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://10.0.0.1/", "//192.168.0.1/", "http://2130706434/",
    "http://127.0.0.2/", "http://[::ffff:169.254.169.254]/", "file:///etc/passwd", "gopher://127.0.0.1:6379/_FLUSHALL", "http://0/"])
def test_no_redirect_leads_inside(served: Served, inward: str) -> None:
    served.pages["/in"] = Page(status=301, headers={"Location": inward})
    here = Guard(HERE, resolve=lambda host, port: ["127.0.0.1"] if host == "books.test" else resolved(host, port))
    assert re.search("private network|begins with https", why_not(f"{served.root.replace('127.0.0.1', 'books.test')}/in", here))
    assert [path for path, _told in served.asked] == ["/in"]


def test_a_body_without_end_is_read_to_one_megabyte(served: Served) -> None:
    served.pages["/long"] = Page(b"<title>Long</title>" + b"x" * (3 << 20))
    assert len(got(f"{served.root}/long").body) == MOST


def test_a_packed_bomb_gives_no_more_than_one_megabyte(served: Served) -> None:
    served.pages["/bomb"] = Page(gzip.compress(b"0" * (8 << 20)), headers={"Content-Encoding": "gzip"})
    assert len(got(f"{served.root}/bomb").body) == MOST


@pytest.mark.parametrize("type", ["application/pdf", "image/png", "application/octet-stream", ""])
def test_what_is_no_page_is_not_read(served: Served, type: str) -> None:
    served.pages["/file"] = Page(b"%PDF-1.7", type=type)
    assert "no page that could be read" in why_not(f"{served.root}/file")


@pytest.mark.parametrize(("status", "said"), [(401, "sign in"), (403, "does not let"), (404, "no page"), (410, "no page"),
                                              (429, "slow down"), (500, "error (500)"), (204, "error (204)")])
def test_why_a_page_was_not_given_is_said(served: Served, status: int, said: str) -> None:
    served.pages["/no"] = Page(status=status)
    assert said in why_not(f"{served.root}/no")


def test_a_server_that_breaks_off_is_said_so(served: Served) -> None:
    served.pages["/cut"] = Page(drip=[b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"])
    assert "broke off" in why_not(f"{served.root}/cut")
    assert "broke off" in why_not("http://127.0.0.1:9/")


@pytest.mark.parametrize("drip", [
    [b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 40],
    [b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", *[b"x"] * 40],
])
def test_a_server_that_drips_is_left_when_the_time_is_up(served: Served, drip: list[bytes]) -> None:
    served.pages["/drip"] = Page(drip=drip, rest=0.05)
    began = time.monotonic()
    assert "longer than five seconds" in why_not(f"{served.root}/drip", replace(GUARD, seconds=0.3))
    assert time.monotonic() - began < 1


def _signed(folder: Path, host: str) -> tuple[Path, ssl.SSLContext]:
    """A certificate for `host`, which a client that reads the file trusts."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    made = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
            .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256()))
    file = folder / "certificate.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return file, context


def test_the_certificate_must_be_the_hosts_though_the_connection_goes_to_an_address(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, context = _signed(tmp_path, "books.test")
    with serving({"/": Page("hello")}, context=context, host="books.test") as served:
        assert "could not be reached" in why_not(f"{served.root}/")
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
        assert got(f"{served.root}/").body == b"hello"
        assert "could not be reached" in why_not(served.root.replace("books.test", "other.test"))
