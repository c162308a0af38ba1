package dev.railwaypostgres.operator;

import dev.railwaypostgres.railway.RailwayClient;
import dev.railwaypostgres.railway.RailwayToken;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Railway by the operator's own token: a client that is replaced by another when the token in the file is. */
final class OwnRailwayClient implements InvocationHandler {
    private final TokenFile file;
    private final Function<RailwayToken, RailwayClient> clients;
    private @Nullable RailwayToken token;
    private @Nullable RailwayClient client;

    private OwnRailwayClient(TokenFile file, Function<RailwayToken, RailwayClient> clients) {
        this.file = file;
        this.clients = clients;
    }

    static RailwayClient of(TokenFile file, Function<RailwayToken, RailwayClient> clients) {
        return (RailwayClient) Proxy.newProxyInstance(
                RailwayClient.class.getClassLoader(),
                new Class<?>[] {RailwayClient.class},
                new OwnRailwayClient(file, clients));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return ofObject(proxy, method, arguments);
        }
        if ("close".equals(method.getName())) {
            close();
            return null;
        }
        try {
            return method.invoke(current(), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** A proxy equals itself alone. */
    @SuppressWarnings("ReferenceEquality")
    private static @Nullable Object ofObject(Object proxy, Method method, Object @Nullable [] arguments) {
        return switch (method.getName()) {
            case "equals" -> arguments != null && proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "OwnRailwayClient";
        };
    }

    private synchronized RailwayClient current() {
        var now = file.token();
        var known = client;
        if (known != null && now.equals(token)) {
            return known;
        }
        close();
        var fresh = clients.apply(now);
        client = fresh;
        token = now;
        return fresh;
    }

    private synchronized void close() {
        if (client != null) {
            client.close();
            client = null;
        }
    }
}
