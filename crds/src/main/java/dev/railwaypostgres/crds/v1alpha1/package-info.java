/**
 * Version {@code v1alpha1} of the API {@code railway-postgres.dev}: what users write, and what they read back.
 *
 * <p>Records only, without behaviour beyond defaults and units. The CRD YAML beside this module's pom is generated
 * from them. Every record ignores fields it does not know, since one resource stored by a newer version would
 * otherwise stop the informer for all. May use Jackson's and fabric8's annotations and models, and nothing of ours.
 */
@NullMarked
package dev.railwaypostgres.crds.v1alpha1;

import org.jspecify.annotations.NullMarked;
