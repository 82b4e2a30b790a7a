/** Labels that go over from one stored record to another, and those that stored records lack. */
@NullMarked
package eu.sinusnode.server.labels;

import org.jspecify.annotations.NullMarked;
