"""Which PINs and passwords are too easy to guess. Pure; the lists are our own."""

from __future__ import annotations

import re
import unicodedata

PIN = re.compile(r"\d{6}", re.ASCII)
SHORTEST = 8
LONGEST = 256

RUNS = "01234567890123456789", "98765432109876543210"
_FAVOURITES = (
    "520131 131452 521131 147258 258369 369258 147852 159357 159753 168168 188188 518518 588588 789456 456123 "
    "142536 135790 246810 123654 456789 102030 112211 110110 119119 100100 100000 200000 800000 908070"
)
FAVOURITES = frozenset(_FAVOURITES.split())
_COMMON = (
    "password passw0rd password1 password123 p@ssword p@ssw0rd qwertyui qwertyuiop qwerty123 qwer1234 asdfghjk "
    "asdf1234 zxcvbnm1 1qaz2wsx 1q2w3e4r 1q2w3e4r5t q1w2e3r4 abcd1234 abc12345 abcdefgh a1234567 a12345678 aa123456 "
    "aaa12345 aa12345678 admin123 admin888 administrator root1234 test1234 welcome1 welcome123 changeme letmein1 "
    "iloveyou iloveyou1 sunshine football baseball princess superman trustno1 monkey123 dragon123 master123 "
    "12345678 123456789 1234567890 87654321 987654321 0123456789 11111111 22222222 66666666 88888888 99999999 00000000 "
    "12341234 11223344 12344321 11112222 12121212 13145200 5201314520 woaini520 woaini1314 5201314a a5201314 "
    "woaini123 wangyi163 zhang123 shequ123 shequ888 zhiyuan123 jishan123 jishanbu jifen123 guanliyuan"
)
COMMON = frozenset(_COMMON.split())


def weakness_of_pin(pin: str, *, birthday: str | None = None, phone: str | None = None) -> str | None:
    """Why a PIN is refused, None when it will do: no pattern, favourite, birthday (MM-DD) or phone tail."""
    if not PIN.fullmatch(pin):
        return "要正好 6 位数字"
    if _is_pattern(pin) or pin in FAVOURITES:
        return "是常见的顺序或重复"
    if birthday and any(part in pin for part in _dates(birthday)):
        return "里面有生日"
    if phone and (phone[-4:] in pin or pin in phone):
        return "里面有手机号"
    return None


def weakness_of_password(password: str, *, known: tuple[str | None, ...] = ()) -> str | None:
    """Why a password is refused, None when it will do: long enough, not common, nothing `known` of them."""
    text = plain(password).lower()
    if len(text) < SHORTEST:
        return f"至少 {SHORTEST} 个字"
    if len(text) > LONGEST:
        return f"最多 {LONGEST} 个字"
    if (
        text in COMMON
        or len(set(text)) < 4
        or any(text in run for run in (*RUNS, "abcdefghijklmnopqrstuvwxyz"))
    ):
        return "太常见"
    if any(fact and plain(fact).lower() in text for fact in known):
        return "里面有姓名、手机号或成员号"
    return None


def plain(secret: str) -> str:
    """One spelling for one secret, whichever keyboard typed it: NFKC."""
    return unicodedata.normalize("NFKC", secret)


def _is_pattern(pin: str) -> bool:
    pairs = {pin[0:2], pin[2:4], pin[4:6]}
    return (
        len(set(pin)) <= 2
        or any(pin in run for run in RUNS)
        or len(pairs) == 1
        or pin[:3] == pin[3:]
        or pin == pin[::-1]
        or all(pair[0] == pair[1] for pair in pairs)
    )


def _dates(birthday: str) -> tuple[str, str]:
    month, day = birthday.split("-")
    return month + day, day + month
