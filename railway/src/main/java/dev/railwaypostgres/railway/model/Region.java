package dev.railwaypostgres.railway.model;

/** Where Railway runs services, by the name that patches take, such as {@code europe-west4-drams3a}. */
public record Region(String name, String country, String location) {}
