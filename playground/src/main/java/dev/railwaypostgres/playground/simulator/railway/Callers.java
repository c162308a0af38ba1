package dev.railwaypostgres.playground.simulator.railway;

import io.vertx.core.MultiMap;
import java.util.Optional;

/** Finds the token behind a request's headers: a project token has a header of its own. */
final class Callers {
    private static final String BEARER = "Bearer ";

    private final World world;

    Callers(World world) {
        this.world = world;
    }

    Row.Token caller(MultiMap headers) {
        var projectToken = headers.get("Project-Access-Token");
        if (projectToken != null) {
            return find(projectToken)
                    .filter(Row.Token::isProjectToken)
                    .orElseThrow(() -> ApiException.failure("Project Token not found"));
        }
        var authorization = Optional.ofNullable(headers.get("Authorization")).orElse("");
        return Optional.of(authorization)
                .filter(value -> value.startsWith(BEARER))
                .flatMap(value -> find(value.substring(BEARER.length())))
                .filter(token -> !token.isProjectToken())
                .orElseThrow(ApiException::notAuthorized);
    }

    private Optional<Row.Token> find(String value) {
        return world.read(state -> state.tokens().find(value)).filter(token -> token.revokedAt() == null);
    }
}
