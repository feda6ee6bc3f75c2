"""Follows five books on each of so many sockets with Python's websockets and proves every message: sequence and CRC-32. Prints OK at the end."""

import asyncio
import json
import struct
import sys
import urllib.request
import zlib
from decimal import Decimal

import websockets
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

PORT, DEPTH = sys.argv[1], int(sys.argv[2])
SOCKETS = int(sys.argv[3]) if len(sys.argv) > 3 else 1
# So many take what they are told more slowly.
MESSAGES, INTERVAL_MILLIS = (400, 0) if SOCKETS == 1 else (240, 200)
SYMBOLS = ["BTC-USD", "ETH-USD", "SOL-USD", "XRP-USD", "SHIB-USD"]
CHECKED_LEVELS = 10


def steps():
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/v1/instruments") as answer:
        listed = json.load(answer)["instruments"]
    return {each["symbol"]: (Decimal(each["tickSize"]), Decimal(each["lotSize"])) for each in listed}


def checksum(book, tick, lot):
    data = b""
    for side, best_is_highest in (("asks", False), ("bids", True)):
        for price in sorted(book[side], reverse=best_is_highest)[:CHECKED_LEVELS]:
            data += struct.pack("<qq", int(price / tick), int(book[side][price] / lot))
    return zlib.crc32(data)


def apply(books, message, step):
    book = books.setdefault(message["symbol"], {"bids": {}, "asks": {}, "sequence": None})
    if message["type"] == "snapshot":
        book["bids"], book["asks"] = {}, {}
    else:
        assert message["previous"] == book["sequence"], f"gap: {message['previous']} after {book['sequence']}"
    book["sequence"] = message["sequence"]
    for side in ("bids", "asks"):
        for price, size in message[side]:
            if Decimal(size) == 0:
                book[side].pop(Decimal(price), None)
            else:
                book[side][Decimal(price)] = Decimal(size)
        assert len(book[side]) <= DEPTH, f"{len(book[side])} levels at depth {DEPTH}"
    assert checksum(book, *step[message["symbol"]]) == message["checksum"], f"wrong checksum at {message['sequence']}"


async def follow(step, window_bits):
    books, applied = {}, 0
    url = f"ws://127.0.0.1:{PORT}/v1/stream"
    offer = ClientPerMessageDeflateFactory(
        server_max_window_bits=window_bits, client_max_window_bits=12
    )
    async with websockets.connect(
        url, subprotocols=["depthcast.v1.json"], extensions=[offer], compression=None, max_size=2**22
    ) as client:
        assert client.subprotocol == "depthcast.v1.json"
        assert [extension.name for extension in client.extensions] == ["permessage-deflate"]
        command = {"op": "subscribe", "channel": "book", "symbols": SYMBOLS, "depth": DEPTH}
        await client.send(json.dumps(command | {"intervalMillis": INTERVAL_MILLIS}))
        while applied < MESSAGES or len(books) < len(SYMBOLS):
            received = json.loads(await client.recv())
            for message in received if isinstance(received, list) else [received]:
                if message.get("channel") == "book" and "type" in message:
                    apply(books, message, step)
                    applied += 1
    return applied


async def follow_all():
    """One client has a small window; many share what a large one remembers, and come one after the other."""
    step = steps()
    window_bits = 12 if SOCKETS == 1 else None
    tasks = []
    for _ in range(SOCKETS):
        tasks.append(asyncio.create_task(follow(step, window_bits)))
        await asyncio.sleep(0.02)
    print("OK", sum(await asyncio.gather(*tasks)))


asyncio.run(asyncio.wait_for(follow_all(), 80))
