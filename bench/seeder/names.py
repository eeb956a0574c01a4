"""Names by seeded dice: firms, people and goods as a Chinese wholesaler knows them. The same seed, the same names."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import NamedTuple

SEED = 20261124
CITIES = [
    *("北京", "上海", "广州", "深圳", "杭州", "苏州", "成都", "武汉", "南京", "西安"),
    *("青岛", "厦门", "长沙", "郑州", "宁波", "合肥", "福州", "济南", "昆明", "沈阳"),
]
WORDS = [
    *("中兴", "丰和", "永盛", "德润", "恒泰", "金禾", "鸿运", "百味", "瑞祥", "康源"),
    *("万家", "新春", "同福", "兴隆", "华联", "顺达", "益民", "天成", "广源", "福满"),
    *("大同", "和顺", "长青", "东升", "安泰", "宝丰", "聚鑫", "嘉禾", "明珠", "春晖"),
    *("佳美", "海天", "银河", "南山", "北辰", "云峰", "紫荆", "玉兰", "碧水", "红叶"),
]
TRADES = [
    *("超市", "商贸", "餐饮", "便利店", "食品", "饭店", "百货", "粮油", "酒店", "生鲜"),
    *("批发部", "供应链"),
]
FORMS = ["", "有限公司", "连锁", "分店", "总店"]
MAKERS = ["食品有限公司", "粮油集团", "饮料厂", "调味品厂", "乳业有限公司"]
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰涛明超霞平刚桂兰"
BRANDS = (
    ("福满", "Fuman"),
    ("金龙", "Golden Dragon"),
    ("绿源", "Greenspring"),
    ("山水", "Hillwater"),
    ("晨光", "Daybreak"),
    ("老街", "Old Street"),
    ("海之味", "Seataste"),
    ("田园", "Fieldside"),
    ("五谷", "Five Grains"),
    ("雪山", "Snowpeak"),
)
GOODS = (
    ("大米", "rice"),
    ("面粉", "flour"),
    ("花生油", "peanut oil"),
    ("酱油", "soy sauce"),
    ("陈醋", "vinegar"),
    ("矿泉水", "mineral water"),
    ("绿茶", "green tea"),
    ("纯牛奶", "milk"),
    ("酸奶", "yogurt"),
    ("饼干", "biscuits"),
    ("方便面", "noodles"),
    ("火腿肠", "sausage"),
    ("豆浆", "soy milk"),
    ("辣椒酱", "chilli sauce"),
    ("红糖", "brown sugar"),
    ("食盐", "salt"),
    ("木耳", "wood ear"),
    ("粉丝", "glass noodles"),
    ("瓜子", "melon seeds"),
    ("橙汁", "orange juice"),
)
PACKS = ["250g", "500g", "1kg", "2.5kg", "5kg", "250ml", "500ml", "1L", "1.8L", "5L"]


class Firm(NamedTuple):
    """A customer or supplier."""

    code: str
    name: str
    phone: str
    contact: str
    contact_phone: str
    region: str


class Goods(NamedTuple):
    """A product: its price is with tax, in fen; its cost a share of that."""

    sku: str
    name: str
    name2: str
    gtin: str
    price: int
    cost: int
    keeps_lots: bool


def firms(letter: str, number: int) -> Iterator[Firm]:
    """`number` customers (letter C) or suppliers (S)."""
    dice = random.Random(f"{SEED}{letter}")
    kinds = FORMS if letter == "C" else MAKERS
    for n in range(1, number + 1):
        city = dice.choice(CITIES)
        name = f"{city}{dice.choice(WORDS)}{dice.choice(WORDS)}{dice.choice(TRADES)}{dice.choice(kinds)}"
        contact = dice.choice(SURNAMES) + dice.choice(GIVEN) + dice.choice(["", dice.choice(GIVEN)])
        yield Firm(f"{letter}-{n:05d}", name, mobile(dice), contact, mobile(dice), city)


def mobile(dice: random.Random) -> str:
    return f"1{dice.choice('3578')}{dice.randrange(10**9):09d}"


def goods(number: int) -> Iterator[Goods]:
    """`number` products, each with a GTIN of its own."""
    dice = random.Random(f"{SEED}goods")
    for n in range(1, number + 1):
        (brand, brand2), (thing, thing2), pack = dice.choice(BRANDS), dice.choice(GOODS), dice.choice(PACKS)
        price = dice.randrange(200, 30_000)
        cost = max(1, price * dice.randrange(50, 80) // 100)
        yield Goods(
            f"P{n:06d}",
            f"{brand}{dice.choice(WORDS)}{thing} {pack}",
            f"{brand2} {thing2} {pack}",
            gtin13(690_000_000_000 + n * 7),
            price,
            cost,
            n % 3 == 0,
        )


def gtin13(first: int) -> str:
    """Twelve digits with their check digit (GS1, mod 10)."""
    digits = f"{first:012d}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return digits + str(-total % 10)
