package dev.railwaypostgres.postgres;

/** Where a session stands, told by every {@code ReadyForQuery}. */
public enum TransactionStatus {
    IDLE('I'),
    IN_TRANSACTION('T'),
    /** Everything but a rollback is refused. */
    FAILED('E');

    private final byte code;

    TransactionStatus(char code) {
        this.code = (byte) code;
    }

    public static TransactionStatus ofCode(byte code) {
        return switch (code) {
            case 'I' -> IDLE;
            case 'T' -> IN_TRANSACTION;
            case 'E' -> FAILED;
            default -> throw new ProtocolViolation("invalid transaction status");
        };
    }

    public byte code() {
        return code;
    }
}
