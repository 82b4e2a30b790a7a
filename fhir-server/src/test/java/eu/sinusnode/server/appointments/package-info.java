/** What the operations on appointments are made of, without a server. */
@NullMarked
package eu.sinusnode.server.appointments;

import org.jspecify.annotations.NullMarked;
