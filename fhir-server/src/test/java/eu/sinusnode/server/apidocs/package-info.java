/** What tools are told of the server is what it promises. */
@NullMarked
package eu.sinusnode.server.apidocs;

import org.jspecify.annotations.NullMarked;
