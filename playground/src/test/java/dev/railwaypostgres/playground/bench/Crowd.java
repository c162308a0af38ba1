package dev.railwaypostgres.playground.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many clients with open sessions that all want something of the same database at the same moment. */
final class Crowd implements AutoCloseable {
    private final List<Connection> sessions = new ArrayList<>();

    private Crowd() {}

    static Crowd logIn(Clients clients, int size) throws SQLException {
        var crowd = new Crowd();
        for (var client = 0; client < size; client++) {
            crowd.sessions.add(clients.connect());
        }
        return crowd;
    }

    /** Everybody asks at once; returns how many got the right answer. */
    long askAll() throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var questions = new ArrayList<Callable<Boolean>>();
            for (var client = 0; client < sessions.size(); client++) {
                var number = client;
                questions.add(() -> Clients.isAnswered(sessions.get(number), number));
            }
            var answers = threads.invokeAll(questions);
            var right = 0;
            for (var answer : answers) {
                right += isRight(answer) ? 1 : 0;
            }
            return right;
        }
    }

    private static boolean isRight(Future<Boolean> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            System.err.println("A client got no answer: " + e.getCause());
            return false;
        }
    }

    @Override
    public void close() throws SQLException {
        for (var session : sessions) {
            session.close();
        }
    }
}
