package dev.railwaypostgres.proxy.standalone;

import dev.railwaypostgres.proxy.route.PoolPolicy.LocalAnswer;
import dev.railwaypostgres.proxy.settings.Section;
import dev.railwaypostgres.proxy.settings.Setting;
import dev.railwaypostgres.proxy.settings.SettingParsers;
import dev.railwaypostgres.sleep.SleepPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * {@code suspend} of a database: when it sleeps.
 *
 * @param localAnswers what the proxy answers without waking it
 */
record SuspendSection(SleepPolicy policy, Set<LocalAnswer> localAnswers) {
    private static final Setting<Duration> AFTER_IDLE = Setting.withDefault(
            "afterIdle",
            SettingParsers::durationOrZero,
            "5m",
            "Sleep after this long without work, for example 5m or 1h30m. 0s: never.");
    private static final Setting<LocalAnswer> ANSWER_WITHOUT_WAKING = Setting.optional(
            "answerWithoutWaking",
            SuspendSection::localAnswer,
            "List of Pings, Begin and Settings: what the proxy answers by itself, so that it neither wakes the database"
                    + " nor counts as work. Absent: all.");
    private static final Setting<String> APPLICATION_NAMES = Setting.optional(
            "applicationNames", Function.identity(), "List of values of application_name whose work does not count.");
    private static final Setting<String> ROLES =
            Setting.optional("roles", Function.identity(), "List of roles whose work does not count.");
    private static final Setting<Boolean> INSIDERS = Setting.withDefault(
            "insiders",
            SettingParsers::bool,
            "false",
            "true: nor does the work of those that connect from within the container. For Railway's template with"
                    + " point-in-time recovery, whose scripts look at the database every minute.");

    static final List<Setting<?>> KEYS = List.of(AFTER_IDLE, ANSWER_WITHOUT_WAKING);
    static final List<Setting<?>> KEYS_OF_IGNORE = List.of(APPLICATION_NAMES, ROLES, INSIDERS);

    SuspendSection {
        localAnswers = Set.copyOf(localAnswers);
    }

    static SuspendSection read(Section section) {
        var policy = new SleepPolicy(section.get(AFTER_IDLE, Duration.ZERO), false, ignored(section.section("ignore")));
        var answers = section.findAll(ANSWER_WITHOUT_WAKING, List.of(LocalAnswer.values()));
        section.refuseOthers();
        return new SuspendSection(policy, Set.copyOf(answers));
    }

    private static SleepPolicy.Ignored ignored(Section section) {
        var ignored = new SleepPolicy.Ignored(
                Set.copyOf(section.findAll(APPLICATION_NAMES, List.of())),
                Set.copyOf(section.findAll(ROLES, List.of())),
                section.get(INSIDERS, false));
        section.refuseOthers();
        return ignored;
    }

    private static LocalAnswer localAnswer(String text) {
        return LocalAnswer.valueOf(text.toUpperCase(Locale.ROOT));
    }
}
