package dev.railwaypostgres.proxy.relay;

import static dev.railwaypostgres.postgres.TransactionStatus.FAILED;
import static dev.railwaypostgres.postgres.TransactionStatus.IDLE;
import static dev.railwaypostgres.postgres.TransactionStatus.IN_TRANSACTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.railwaypostgres.postgres.ProtocolViolation;
import dev.railwaypostgres.proxy.relay.Conversation.Ask;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private final Conversation conversation = new Conversation();
    private final List<String> story = new ArrayList<>();

    private Sequel sequel(String name) {
        return new Sequel() {
            @Override
            public void done() {
                story.add(name + " done");
            }

            @Override
            public void failed() {
                story.add(name + " failed");
            }
        };
    }

    private void ask(Ask... asks) {
        for (var ask : asks) {
            conversation.ask(ask, sequel(ask.name()));
        }
    }

    private void answer(String tags) {
        for (int i = 0; i < tags.length(); i++) {
            char tag = tags.charAt(i);
            if (tag == 'E') {
                conversation.error();
            } else if (tag == 'Z') {
                conversation.ready(IDLE);
            } else {
                conversation.answered((byte) tag);
            }
        }
    }

    @Test
    void isQuietWhenEveryRoundIsAnsweredAndNoTransactionIsOpen() {
        assertThat(conversation.isQuiet()).isTrue();
        ask(Ask.QUERY);
        assertThat(conversation.isQuiet()).isFalse();
        answer("TDC");
        assertThat(conversation.isAnswered()).isTrue();
        answer("Z");
        assertThat(conversation.isQuiet()).isTrue();
        assertThat(conversation.isAnswered()).isFalse();
    }

    @Test
    void isBusyAsLongAsATransactionIsOpen() {
        ask(Ask.QUERY);
        answer("C");
        conversation.ready(IN_TRANSACTION);
        assertThat(conversation.isAnswering()).isFalse();
        assertThat(conversation.isInTransaction()).isTrue();
        assertThat(conversation.isQuiet()).isFalse();
        ask(Ask.QUERY);
        answer("E");
        conversation.ready(FAILED);
        assertThat(conversation.isQuiet()).isFalse();
    }

    @Test
    void isBusyAsLongAsABatchHasNotBeenEnded() {
        ask(Ask.PARSE, Ask.BIND, Ask.EXECUTE);
        answer("12C");
        assertThat(conversation.isQuiet()).isFalse();
        assertThat(conversation.isUnsynced()).isTrue();
        ask(Ask.SYNC);
        answer("Z");
        assertThat(conversation.isQuiet()).isTrue();
    }

    @Test
    void takesAQueryForTheEndOfABatchWithoutSync() {
        ask(Ask.PARSE, Ask.QUERY);
        answer("1CZ");
        assertThat(conversation.isQuiet()).isTrue();
    }

    @Test
    void passesOverTheRestOfABatchAfterAnError() {
        ask(Ask.PARSE, Ask.BIND, Ask.EXECUTE, Ask.SYNC, Ask.PARSE, Ask.SYNC);
        answer("1E");
        assertThat(story).containsExactly("PARSE done", "BIND failed", "EXECUTE failed");
        answer("Z1Z");
        assertThat(conversation.isQuiet()).isTrue();
        assertThat(story).endsWith("PARSE done");
    }

    @Test
    void passesOverWhatComesUpToTheSyncAfterAnError() {
        ask(Ask.PARSE);
        answer("E");
        ask(Ask.BIND, Ask.QUERY);
        assertThat(story).containsExactly("PARSE failed", "BIND failed", "QUERY failed");
        assertThat(conversation.isQuiet()).isFalse();
        ask(Ask.SYNC);
        assertThat(conversation.roundsOpen()).isEqualTo(1);
        answer("Z");
        assertThat(conversation.isQuiet()).isTrue();
    }

    @Test
    void answersInItsTurnWhatTheServerIsNotAsked() {
        ask(Ask.BIND);
        conversation.askHere(Ask.PARSE, sequel("here"));
        ask(Ask.SYNC);
        assertThat(conversation.isAnsweredHere()).isFalse();
        answer("2");
        assertThat(conversation.isAnsweredHere()).isTrue();
        conversation.answerHere();
        assertThat(story).containsExactly("BIND done", "here done");
        answer("Z");
        assertThat(conversation.isQuiet()).isTrue();
    }

    @Test
    void neverAnswersWhatAnErrorHasMadeVoid() {
        ask(Ask.BIND);
        conversation.askHere(Ask.PARSE, sequel("here"));
        ask(Ask.SYNC);
        answer("E");
        assertThat(conversation.isAnsweredHere()).isFalse();
        assertThat(story).containsExactly("BIND failed", "here failed");
        answer("Z");
    }

    @Test
    void keepsTheProxysOwnQuestionsFromTheClient() {
        conversation.askOwn(Ask.PARSE, null);
        ask(Ask.BIND, Ask.SYNC);
        assertThat(conversation.isForProxy()).isTrue();
        answer("1");
        assertThat(conversation.isForProxy()).isFalse();
        assertThat(conversation.isAnswered()).isFalse();
        answer("2Z");
        assertThat(conversation.isQuiet()).isTrue();
    }

    @Test
    void letsTheClientKnowOfAnErrorInWhatItsOwnMessageNeeds() {
        conversation.askOwn(Ask.PARSE, null);
        ask(Ask.BIND, Ask.SYNC);
        assertThat(conversation.isErrorForClient()).isTrue();
        conversation.askOwn(Ask.QUERY, null);
        answer("EZ");
        assertThat(conversation.isErrorForClient()).isFalse();
        answer("EZ");
        assertThat(conversation.isQuiet()).isTrue();
    }

    @Test
    void countsNoRoundForASyncThatTheServerReadsAsPartOfACopy() {
        ask(Ask.PARSE, Ask.BIND, Ask.EXECUTE, Ask.SYNC);
        answer("12G");
        assertThat(conversation.roundsOpen()).isZero();
        assertThat(conversation.isUnsynced()).isTrue();
        ask(Ask.SYNC);
        assertThat(conversation.roundsOpen()).isZero();
        ask(Ask.COPY_END, Ask.SYNC);
        answer("CZ");
        assertThat(conversation.isQuiet()).isTrue();
    }

    @Test
    void countsTheSyncBehindACopyThatWasSentAhead() {
        ask(Ask.QUERY, Ask.COPY_END, Ask.SYNC);
        answer("GCZZ");
        assertThat(conversation.isQuiet()).isTrue();
    }

    @Test
    void takesNoNoticeOfACopysEndWithoutACopy() {
        ask(Ask.COPY_END, Ask.QUERY, Ask.COPY_END, Ask.SYNC);
        answer("CZZ");
        assertThat(conversation.isQuiet()).isTrue();
    }

    @Test
    void hearsWhatTheServerSaysByItself() {
        answer("NSA");
        assertThat(conversation.isQuiet()).isTrue();
        assertThat(conversation.isAnswered()).isFalse();
    }

    @Test
    void trustsNoServerThatAnswersWhatNobodyHasAsked() {
        assertThatThrownBy(() -> answer("C")).isInstanceOf(ProtocolViolation.class);
        ask(Ask.BIND);
        assertThatThrownBy(() -> answer("1")).isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> answer("Z")).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void remembersLongPipelines() {
        for (int i = 0; i < 100; i++) {
            ask(Ask.PARSE, Ask.BIND, Ask.EXECUTE, Ask.SYNC);
            answer(i % 3 == 0 ? "12C" : "");
            if (i % 3 != 0) {
                continue;
            }
            answer("Z");
            ask(Ask.QUERY);
            answer("CZ");
            ask(Ask.PARSE, Ask.SYNC, Ask.PARSE, Ask.SYNC, Ask.QUERY);
            answer("1Z1ZCZ");
            break;
        }
        for (int i = 0; i < 100; i++) {
            ask(Ask.PARSE, Ask.SYNC);
        }
        assertThat(conversation.roundsOpen()).isEqualTo(100);
        answer("1Z".repeat(100));
        assertThat(conversation.isQuiet()).isTrue();
    }
}
