package dev.railwaypostgres.proxy.standalone;

/** The proxy dies. An error, so that nothing catches it. */
final class Crash extends Error {
    private static final long serialVersionUID = 1L;
}
