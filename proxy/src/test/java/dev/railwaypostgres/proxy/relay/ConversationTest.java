package dev.railwaypostgres.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.railwaypostgres.postgres.TransactionStatus;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private final Conversation conversation = new Conversation();

    private void asked(String tags) {
        tags.chars().forEach(tag -> conversation.asked((byte) tag));
    }

    private void answered(String tags) {
        tags.chars().forEach(tag -> {
            if (tag == 'Z') {
                conversation.ready(TransactionStatus.IDLE);
            } else {
                conversation.answered((byte) tag);
            }
        });
    }

    @Test
    void isQuietWhenEverythingIsAnswered() {
        assertThat(conversation.isQuiet()).isTrue();
        asked("Q");
        assertThat(conversation.isQuiet()).isFalse();
        answered("TDCZ");
        assertThat(conversation.isQuiet()).isTrue();
        assertThat(conversation.isAnswered()).isFalse();
    }

    @Test
    void waitsForEveryRoundOfAPipeline() {
        asked("PBESPBES");
        answered("12CZ");
        assertThat(conversation.isQuiet()).isFalse();
        answered("12CZ");
        assertThat(conversation.isQuiet()).isTrue();
    }

    @Test
    void isNotQuietBeforeTheSyncOfABatch() {
        asked("PBEH");
        answered("12C");
        assertThat(conversation.isQuiet()).isFalse();
        asked("S");
        answered("Z");
        assertThat(conversation.isQuiet()).isTrue();
    }

    @Test
    void isNotQuietInATransaction() {
        asked("Q");
        conversation.answered((byte) 'C');
        conversation.ready(TransactionStatus.IN_TRANSACTION);
        assertThat(conversation.isQuiet()).isFalse();
        assertThat(conversation.isAnswering()).isFalse();
    }

    @Test
    void countsOneRoundForACopyWithASyncBeforeAndAfterItsData() {
        asked("PBES");
        answered("12G");
        asked("ddd");
        asked("cS");
        answered("CZ");
        assertThat(conversation.isQuiet()).isTrue();
    }

    @Test
    void countsOneRoundForACopyByASimpleQuery() {
        asked("Q");
        answered("G");
        asked("ddc");
        answered("CZ");
        assertThat(conversation.isQuiet()).isTrue();
    }

    @Test
    void takesNoticesForNoAnswer() {
        asked("Q");
        answered("NSA");
        assertThat(conversation.isAnswered()).isFalse();
        answered("T");
        assertThat(conversation.isAnswered()).isTrue();
    }
}
