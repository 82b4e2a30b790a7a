/** {@code Patient/$match}: which of the patients whom the caller may find is meant by what is known of a person. */
@NullMarked
package eu.sinusnode.server.matching;

import org.jspecify.annotations.NullMarked;
