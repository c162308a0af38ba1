package dev.railwaypostgres.playground.bench.proxy;

import java.util.List;

/** Some measurements that make one table. */
interface Suite {
    String title();

    List<Finding> run() throws Exception;
}
