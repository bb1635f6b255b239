import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, duration, percent } from "../src/core/format";
import { pieces, plain } from "../src/core/text";

test("shows usual names as they are", () => {
    for (const name of [
        "/in/a.iso",
        "<script>alert(1)</script>",
        "Überschrift \u4e2d\u6587.txt",
        "\u05e9\u05dc\u05d5\u05dd",
        "a b",
    ]) {
        assert.deepEqual(pieces(name), [{ text: name, escape: false }]);
    }
});

test("shows what can't be seen as escapes of their own", () => {
    assert.deepEqual(pieces("a\u202etxt"), [
        { text: "a", escape: false },
        { text: "\\u202E", escape: true },
        { text: "txt", escape: false },
    ]);
    assert.equal(plain("a\0\n\x1b[2J\x7f\x85"), "a\\x00\\n\\x1B[2J\\x7F\\x85");
    assert.equal(
        plain("\u200b\u2066\ufeff\u00ad\u2028\u00a0\u3164\u{e0041}"),
        "\\u200B\\u2066\\uFEFF\\xAD\\u2028\\xA0\\u3164\\u{E0041}",
    );
});

test("shows bytes that are not UTF-8 as such", () => {
    assert.equal(plain("caf\udce9.txt"), "caf\\xE9.txt");
    assert.equal(plain("\ud800"), "\\uD800");
});

test("keeps stacked marks within their line", () => {
    const marks = "\u0301".repeat(40);
    const shown = plain(`e${marks}`);
    assert.equal(shown, `e${"\u0301".repeat(4)}${"\\u0301".repeat(36)}`);
    assert.equal(plain("e\u0301e\u0301"), "e\u0301e\u0301");
});

test("ends a text that is too long", () => {
    assert.equal(plain("x".repeat(5000)), `${"x".repeat(4096)}…`);
});

test("writes sizes and times as people read them", () => {
    assert.equal(bytes(0), "0 B");
    assert.equal(bytes(1023), "1,023 B");
    assert.equal(bytes(1024), "1 KiB");
    assert.equal(bytes(1024 * 1024 - 1), "1 MiB");
    assert.equal(bytes(734003200), "700 MiB");
    assert.equal(duration(59), "59 s");
    assert.equal(duration(60), "1 min");
    assert.equal(duration(3700), "1 h 1 min");
    assert.equal(duration(90_000), "1 d 1 h");
    assert.equal(percent(1, 0), 0);
});
