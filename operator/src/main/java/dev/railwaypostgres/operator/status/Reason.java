package dev.railwaypostgres.operator.status;

/**
 * Why a condition is as it is, and what an event is about.
 *
 * <p>The text is part of the API: scripts compare it. Constants may be added, never renamed.
 */
public enum Reason {
    // The course of a database's life.

    PROVISIONING("Provisioning", "The service and the volume are being made, or Postgres boots for the first time."),
    PROVISIONED("Provisioned", "Everything is made, and a first login has worked."),
    ACTIVE("Active", "The database runs and serves clients."),
    SUSPENDING("Suspending", "The database is being put to sleep; work that arrives meanwhile is held and served."),
    ASLEEP("Asleep", "The database sleeps and is healthy: the next statement wakes it."),
    SUSPENDED_BY_SPEC("SuspendedBySpec", "It sleeps because spec.suspend.suspended says so, whatever clients ask."),
    WAKING("Waking", "The compute was started, and accepts no logins yet."),
    WOKE("Woke", "The database woke."),
    SUSPEND_CALLED_OFF("SuspendCalledOff", "A suspend was called off, since work arrived while there was a way back."),
    RESTARTING("Restarting", "The database restarts to take over a change of its configuration."),
    CONFIGURATION_APPLIED("ConfigurationApplied", "A change of the spec was carried over to Railway or to Postgres."),
    REPAIRED("Repaired", "Something that was changed or deleted on Railway was put right."),
    DELETING("Deleting", "The resource is being deleted, and with it what spec.deletionPolicy says."),
    RETAINED("Retained", "The service and the volume stay on Railway although the resource goes."),

    // What the user can cure.

    INVALID_SPEC("InvalidSpec", "The spec asks for something that cannot be; the message names the field."),
    NOT_SUPPORTED("NotSupported", "The spec asks for something that this version does not do."),
    ENDPOINT_TAKEN("EndpointTaken", "An older database has the same endpoint name, which must be unique."),
    SECRET_TAKEN(
            "SecretTaken", "A Secret that the database needs has a name that is taken by a Secret of somebody else."),
    TOKEN_MISSING("TokenMissing", "The Secret with the Railway token is missing, or lacks the key."),
    TOKEN_REJECTED("TokenRejected", "Railway does not accept the token, or not for this project."),
    QUOTA_REACHED("QuotaReached", "The workspace's Railway plan does not allow one more."),
    UNKNOWN_REGION("UnknownRegion", "Railway has no such region."),
    RAILWAY_REJECTED("RailwayRejected", "Railway refused what it was asked for; the message quotes it."),
    DEPLOYMENT_FAILED("DeploymentFailed", "The compute does not start; its log on Railway says why."),

    // What passes by itself, or wants somebody to look.

    RAILWAY_UNAVAILABLE("RailwayUnavailable", "Railway does not answer, or has trouble of its own. Tried again."),
    RATE_LIMITED("RateLimited", "The token's call budget on Railway is used up. Goes on when it is refilled."),
    COMPUTE_UNREACHABLE("ComputeUnreachable", "The compute should run, but nobody answers at its address."),
    LOGIN_REFUSED("LoginRefused", "Postgres does not accept the operator's own password."),
    WAKE_TIMED_OUT("WakeTimedOut", "The database did not wake in time. Tried again."),
    STOP_FAILED("StopFailed", "The compute does not stop by any means that Railway offers. Tried again."),
    IDENTITY_CHANGED("IdentityChanged", "What woke is not what went to sleep: other data answers at the address."),
    DATA_WENT_BACK("DataWentBack", "What woke is older than what went to sleep: a backup of the volume was restored."),
    VOLUME_LOST("VolumeLost", "The volume is gone from Railway, and with it the data on it."),
    ARCHIVE_BEHIND("ArchiveBehind", "The archive has not taken everything in time, so the database stays awake."),
    ARCHIVED("Archived", "The archive has taken everything that was committed before the last suspend."),
    NOT_CONFIGURED("NotConfigured", "spec.backup is absent."),
    INTERNAL_ERROR("InternalError", "A fault of the operator itself; its log says more. Tried again.");

    private final String text;
    private final String meaning;

    Reason(String text, String meaning) {
        this.text = text;
        this.meaning = meaning;
    }

    /** One sentence for the documents. */
    public String meaning() {
        return meaning;
    }

    /** As it stands in {@code status.conditions[].reason} and in events. */
    @Override
    public String toString() {
        return text;
    }
}
