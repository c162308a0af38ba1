package dev.railwaypostgres.sleep;

import java.time.Duration;

/**
 * How patient sleep and wake are.
 *
 * @param parking how long proxies have to release their idle sessions before a suspend goes on without them
 * @param archiving how long a suspend may take to come to its fence while the archive is not there yet
 * @param settling how long a suspend that was called off is not tried again
 * @param lost how long a compute may not answer before that means something
 * @param insist after how long without an end the next stronger means of stopping is used
 * @param deploy how long a start may take until the first login
 * @param firstRetry pause after the first start that failed; it doubles
 * @param lastRetry the longest such pause
 * @param lag how long Railway may go on showing what is no longer so
 */
public record SleepTerms(
        Duration parking,
        Duration archiving,
        Duration settling,
        Duration lost,
        Duration insist,
        Duration deploy,
        Duration firstRetry,
        Duration lastRetry,
        Duration lag) {
    public static final SleepTerms DEFAULT = new SleepTerms(
            Duration.ofSeconds(3),
            Duration.ofMinutes(3),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            Duration.ofSeconds(90));

    public SleepTerms withDeploy(Duration timeout) {
        return new SleepTerms(parking, archiving, settling, lost, insist, timeout, firstRetry, lastRetry, lag);
    }
}
