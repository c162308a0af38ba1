package dev.railwaypostgres.playground.bench.proxy;

import dev.railwaypostgres.playground.bench.proxy.ProxyProgram.Task;
import dev.railwaypostgres.proxy.route.Route;
import dev.railwaypostgres.proxy.server.TransportChoice;
import java.util.ArrayList;
import java.util.List;

/** How long a person waits: for a proxy that starts, and for a database that the proxy wakes. */
record Beginnings(Ground ground, Effort effort) implements Suite {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final String DATABASE = "shared";

    @Override
    public String title() {
        return "Beginnings";
    }

    @Override
    public List<Finding> run() throws Exception {
        var findings = new ArrayList<Finding>();
        findings.add(start());
        findings.addAll(wake());
        return findings;
    }

    private Finding start() throws Exception {
        var seconds = new ArrayList<Double>();
        for (int time = 0; time < effort.rounds(); time++) {
            var from = System.nanoTime();
            try (var proxy = ground.proxyProgram().launch(ground.task(TransportChoice.AUTO))) {
                Answers.await(proxy.port(), DATABASE);
                seconds.add((System.nanoTime() - from) / NANOS_PER_SECOND);
            }
        }
        return Finding.alone(
                "a proxy's start to its first answered statement, s", new Spread(seconds), new Bar.ValueAtMost(0.35));
    }

    private List<Finding> wake() throws Exception {
        var server = Server.make(ground.folder().resolve("sleeper"), ground.nursery(), List.of());
        try (server;
                var operator = OperatorStandIn.start(ground.parameters(), server::start)) {
            server.start();
            server.awaitStart();
            server.run(
                    "postgres",
                    "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(Account.ROLE, Account.VERIFIER.encoded()),
                    "CREATE DATABASE " + DATABASE);
            server.stop();
            var task = new Task(server.port(), Route.Readiness.ASLEEP, operator.url(), TransportChoice.AUTO);
            try (var proxy = ground.proxyProgram().launch(task)) {
                Answers.await(proxy.port(), DATABASE);
                return wakes(server, proxy);
            }
        }
    }

    private List<Finding> wakes(Server server, Pooler proxy) throws Exception {
        var floors = new ArrayList<Double>();
        var wakes = new ArrayList<Double>();
        var added = new ArrayList<Double>();
        for (int time = 0; time < 2 * effort.rounds(); time++) {
            server.stop();
            var floor = floor(server);
            server.stop();
            var wake = wake(proxy);
            floors.add(floor);
            wakes.add(wake);
            added.add(wake - floor);
        }
        return List.of(
                Finding.alone("Postgres' own start to its first answer, ms", new Spread(floors), new Bar.None()),
                Finding.alone("a wake, from the statement to the answer, ms", new Spread(wakes), new Bar.None()),
                Finding.alone("what the proxy adds, ms", new Spread(added), new Bar.ValueAtMost(15)));
    }

    private static double floor(Server server) {
        var from = System.nanoTime();
        server.start();
        Answers.await(server.port(), DATABASE);
        return (System.nanoTime() - from) / NANOS_PER_MILLI;
    }

    private static double wake(Pooler proxy) throws Exception {
        try (var client = WireClient.connect(proxy.port(), DATABASE)) {
            var from = System.nanoTime();
            client.run("SELECT 1");
            return (System.nanoTime() - from) / NANOS_PER_MILLI;
        }
    }
}
