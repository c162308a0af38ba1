/**
 * A client that says exactly what is written down, and writes down what it hears. Spells and reads the messages by itself,
 * so that a mistake of the code under test is not repeated here. May use nothing of ours but the client's half of SCRAM.
 */
@NullMarked
package dev.railwaypostgres.playground.conformance.wire;

import org.jspecify.annotations.NullMarked;
