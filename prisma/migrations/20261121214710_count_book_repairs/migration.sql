-- AlterTable
ALTER TABLE "workspaces" ADD COLUMN     "book_repairs" INTEGER NOT NULL DEFAULT 0;
