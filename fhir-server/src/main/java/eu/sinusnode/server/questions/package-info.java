/** What patients ask: {@code $ask} makes a message of it, and a Task of the clinic that is to answer. */
@NullMarked
package eu.sinusnode.server.questions;

import org.jspecify.annotations.NullMarked;
