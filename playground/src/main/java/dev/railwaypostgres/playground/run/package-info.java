/**
 * Starts everything on this machine and keeps it going: the control plane, the Railway simulator, the chart, and the operator and the
 * proxy as processes of their own, with the settings and the rights that the chart gives them. Uses all other packages of the playground;
 * of the operator and the proxy only the names of their main classes.
 */
@NullMarked
package dev.railwaypostgres.playground.run;

import org.jspecify.annotations.NullMarked;
