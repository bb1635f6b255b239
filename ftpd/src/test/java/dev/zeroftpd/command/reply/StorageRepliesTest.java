package dev.zeroftpd.command.reply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zeroftpd.storage.StorageException.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StorageRepliesTest {

    @ParameterizedTest
    @EnumSource
    void eachKindHasItsCodeForVerbsThatWriteAndForOthers(Kind kind) {
        int other = StorageReplies.code(kind, Refusal.OF_ACTION);
        int writing = StorageReplies.code(kind, Refusal.OF_NAME);
        switch (kind) {
            case NOT_FOUND, NOT_A_FILE, NOT_A_DIRECTORY, NOT_EMPTY ->
                assertThat(new int[] {other, writing}).containsExactly(550, 550);
            case NOT_PERMITTED, OUTSIDE_HOME, INVALID_NAME, EXISTS, ANOTHER_FILE_SYSTEM, UNSUPPORTED ->
                assertThat(new int[] {other, writing}).containsExactly(550, 553);
            case NO_SPACE -> assertThat(new int[] {other, writing}).containsExactly(452, 452);
            case QUOTA, TOO_LARGE -> assertThat(new int[] {other, writing}).containsExactly(552, 552);
            case BUSY, IN_USE, UNFINISHED ->
                assertThat(new int[] {other, writing}).containsExactly(450, 450);
            case BEYOND_END -> assertThat(new int[] {other, writing}).containsExactly(554, 554);
            case FAILED -> assertThat(new int[] {other, writing}).containsExactly(451, 451);
        }
    }
}
