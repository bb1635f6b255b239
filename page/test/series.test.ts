import assert from "node:assert/strict";
import { test } from "node:test";
import type { History, Sample } from "../src/core/types";
import { Series } from "../src/view/series";

const NOTHING = { sessions: 3, transfers: 1, download_zero_copy: 0, download_streamed: 0, upload: 0, refused: 0 };

function history(logins: number): History {
    const columns = Object.fromEntries(Object.entries(NOTHING).map(([name, value]) => [name, [null, value]]));
    return {
        ...columns,
        step_seconds: 60,
        kept_seconds: 86400,
        time: [1000, 1060],
        logins: [null, logins],
        failed_logins: [null, 0],
        reasons: {},
    } as unknown as History;
}

test("draws what was counted per minute, however far points are apart", () => {
    const series = new Series();
    series.reset(history(12));
    series.append({ ...NOTHING, time: 1070, logins: 2, failed_logins: 0, reasons: {} } as Sample);
    const [logins] = series.lines("logins");
    assert.deepEqual(logins?.values, [null, 12, 12]);
    const [sessions] = series.lines("sessions");
    assert.deepEqual(sessions?.values, [null, 3, 3]);
    assert.equal(series.first, "1970-01-01T00:17:40.000Z");
    assert.equal(new Series().first, null);
});
