package dev.railwaypostgres.playground.simulator.railway;

/** A refusal in Railway's words; reaches the client as an entry of {@code errors} in an answer with status 200. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    ApiException(String code, String message) {
        super(message);
        this.code = code;
    }

    /** The code that Railway gives to most failures of any kind. */
    static ApiException failure(String message) {
        return new ApiException("INTERNAL_SERVER_ERROR", message);
    }

    static ApiException notAuthorized() {
        return failure("Not Authorized");
    }

    static ApiException notFound(String what) {
        return failure(what + " not found");
    }

    static ApiException badInput(String message) {
        return new ApiException("BAD_USER_INPUT", message);
    }

    String code() {
        return code;
    }
}
