package dev.railwaypostgres.playground.simulator.railway;

import java.util.Map;

/** Public TCP ports. */
final class ProxyOperations {
    private final Platform platform;
    private final Removal removal;

    ProxyOperations(Platform platform, Removal removal) {
        this.platform = platform;
        this.removal = removal;
    }

    Map<String, Operation> all() {
        return Map.of("tcpProxies", this::list, "tcpProxyCreate", this::create, "tcpProxyDelete", this::delete);
    }

    private Object list(Call call) {
        return platform.world().read(state -> {
            var reach = call.in(state);
            reach.environment(call.arguments().text("environmentId"));
            reach.service(call.arguments().text("serviceId"));
            return state.proxiesOf(call.arguments().place())
                    .filter(platform.views()::isVisible)
                    .map(platform.views()::proxy)
                    .toList();
        });
    }

    private Object create(Call call) {
        var input = call.input();
        var row = platform.world().change(state -> {
            var place = Place.of(call.in(state).instance(input.place()));
            return ConfigChange.newProxy(
                    state, place, input.number("applicationPort").orElseThrow());
        });
        platform.forwarders().open(row);
        return platform.views().proxy(row);
    }

    private Object delete(Call call) {
        removal.removeProxy(platform.world()
                .read(state -> call.in(state).proxy(call.arguments().text("id"))));
        return true;
    }
}
