/** Generates the CRD YAML, compares it with the committed files, and checks the records' own defaults. */
@NullMarked
package dev.railwaypostgres.crds.v1alpha1;

import org.jspecify.annotations.NullMarked;
