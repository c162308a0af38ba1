/**
 * What a failure means to the user, decided in one place: the reason in the status, whether and when it is tried again,
 * whether it is worth an event and how loud it is logged.
 */
@NullMarked
package dev.railwaypostgres.operator.failure;

import org.jspecify.annotations.NullMarked;
