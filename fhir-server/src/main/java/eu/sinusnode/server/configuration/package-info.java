/** What an operator may set, one topic a record; each refuses a wrong value with a sentence that says what to do. */
@NullMarked
package eu.sinusnode.server.configuration;

import org.jspecify.annotations.NullMarked;
