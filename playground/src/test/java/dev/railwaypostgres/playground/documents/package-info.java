/**
 * Keeps the documents equal to the code: tables of fields, reasons and settings are written by the code and compared, links
 * lead somewhere.
 */
@NullMarked
package dev.railwaypostgres.playground.documents;

import org.jspecify.annotations.NullMarked;
