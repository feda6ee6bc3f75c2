"""Follows five books over Python's websockets and checks every message. Argument: the port."""

import asyncio
import json
import struct
import sys
import zlib

import websockets

SYMBOLS = ["BTC-USD", "ETH-USD", "SOL-USD", "XRP-USD", "BNB-USD"]
MESSAGES = 300


class Book:
    def __init__(self, tick_size, lot_size):
        self.decimals = [len(size.partition(".")[2]) for size in (tick_size, lot_size)]
        self.steps = [self.units(size, decimals) for size, decimals in zip((tick_size, lot_size), self.decimals)]
        self.version = None
        self.sides = {"bids": {}, "asks": {}}

    @staticmethod
    def units(text, decimals):
        whole, _, fraction = text.partition(".")
        assert len(fraction) == decimals, text
        return int(whole + fraction)

    def apply(self, message):
        if message["type"] == "snapshot":
            assert message["previous"] == 0
            self.sides = {"bids": {}, "asks": {}}
        else:
            assert self.version == (message["epoch"], message["previous"]), "gap"
        for name, levels in self.sides.items():
            for price, size in message[name]:
                ticks, lots = (
                    self.units(text, decimals) // step
                    for text, decimals, step in zip((price, size), self.decimals, self.steps)
                )
                if lots:
                    levels[ticks] = lots
                else:
                    levels.pop(ticks, None)
        self.version = (message["epoch"], message["sequence"])
        assert self.checksum() == message["checksum"], "checksum"

    def checksum(self):
        best = sorted(self.sides["asks"].items())[:10] + sorted(self.sides["bids"].items(), reverse=True)[:10]
        return zlib.crc32(b"".join(struct.pack("<qq", *level) for level in best))


async def follow(port, depth, instruments):
    books = {symbol: Book(*instruments[symbol]) for symbol in SYMBOLS}
    largest = 0
    seen = 0
    uri = f"ws://127.0.0.1:{port}/v1/stream"
    async with websockets.connect(uri, subprotocols=["depthcast.v1.json"], max_size=None) as socket:
        assert socket.subprotocol == "depthcast.v1.json"
        [deflate] = getattr(socket, "protocol", socket).extensions
        assert (deflate.name, deflate.remote_max_window_bits) == ("permessage-deflate", 12), deflate
        await socket.send(json.dumps({"op": "subscribe", "channel": "book", "symbols": SYMBOLS, "depth": depth}))
        while seen < MESSAGES:
            text = await socket.recv()
            largest = max(largest, len(text))
            messages = json.loads(text)
            for message in messages if isinstance(messages, list) else [messages]:
                assert message.get("op") != "error", message
                if message.get("channel") == "book":
                    books[message["symbol"]].apply(message)
                    seen += 1
        await (await socket.ping())
    assert all(book.version for book in books.values())
    assert depth < 500 or largest > 4096, largest


async def main(port):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /v1/instruments HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    body = (await reader.read()).partition(b"\r\n\r\n")[2]
    writer.close()
    instruments = {each["symbol"]: (each["tickSize"], each["lotSize"]) for each in json.loads(body)["instruments"]}
    await asyncio.gather(follow(port, 500, instruments), follow(port, 10, instruments))
    print("OK")


asyncio.run(main(int(sys.argv[1])))
