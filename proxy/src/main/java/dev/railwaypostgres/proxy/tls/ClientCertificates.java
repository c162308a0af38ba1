package dev.railwaypostgres.proxy.tls;

import java.util.Locale;

/** Whether clients show a certificate of their own. One that is shown must be good, or there is no connection. */
public enum ClientCertificates {
    NONE,
    OPTIONAL,
    REQUIRED;

    /**
     * @throws IllegalArgumentException for anything but {@code none}, {@code optional} and {@code required}
     */
    public static ClientCertificates parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
