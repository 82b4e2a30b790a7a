/** Tests of what becomes of answers on an active plan. */
@NullMarked
package eu.sinusnode.server.alerts;

import org.jspecify.annotations.NullMarked;
